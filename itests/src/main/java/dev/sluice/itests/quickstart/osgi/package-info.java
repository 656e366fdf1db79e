/** The quick start for OSGi. */
@Export
@Version("0.1.0")
package dev.sluice.itests.quickstart.osgi;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
