/**
 * For authors of providers: the semantics of WASI's datagram streams, written once, over one narrow interface.
 *
 * <p>To write a provider, implement {@link dev.sluice.udp.spi.DatagramTransport} (a socket that binds, connects, makes
 * sends and receives without blocking, and says when it is ready) and extend
 * {@link dev.sluice.udp.spi.TransportProvider} (a name, a priority, and how to open a transport). Everything else is
 * here: the states of a socket, permits and the gate, validation, kept errors, peer filtering, closing, waiting.
 * {@link dev.sluice.udp.spi.SocketErrors} maps the system's errors to error codes. For OSGi add a three-line
 * {@link dev.sluice.udp.spi.osgi.ProviderActivator}. Prove the result with the conformance kit.
 *
 * <p>What transports on Linux have in common is here, too: {@link dev.sluice.udp.spi.SegmentingSender} makes GSO sends out
 * of batches, {@link dev.sluice.udp.spi.EphemeralPort} binds so that the port stays.
 */
@Export(substitution = Export.Substitution.NOIMPORT) // its classes share what isn't public
@Version("0.1.0")
package dev.sluice.udp.spi;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
