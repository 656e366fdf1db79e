/** A component that stays active while providers come and go. */
@Export
@Version("0.1.0")
package dev.sluice.itests.component;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
