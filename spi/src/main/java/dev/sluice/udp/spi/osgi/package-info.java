/**
 * For bundles with a provider: {@link dev.sluice.udp.spi.osgi.ProviderActivator}. A package of its own, so that nothing else
 * of the SPI names a class of OSGi's.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("0.1.0")
package dev.sluice.udp.spi.osgi;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
