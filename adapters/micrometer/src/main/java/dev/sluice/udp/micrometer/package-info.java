/** A socket's ledger ({@link dev.sluice.udp.Rule#K1 K1}, {@link dev.sluice.udp.Rule#K2 K2}) as meters of Micrometer. */
@Export
@Version("0.1.0")
package dev.sluice.udp.micrometer;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
