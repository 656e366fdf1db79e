/**
 * Datagrams through an explicit gate: the UDP part of WASI 0.2 sockets ({@code wasi:sockets/udp}) for Java.
 *
 * <p>Start at {@link dev.sluice.udp.UdpSockets} (or, in OSGi, at a service reference to
 * {@link dev.sluice.udp.UdpSocketProvider}), create a {@link dev.sluice.udp.UdpSocket}, bind it, and take its
 * {@linkplain dev.sluice.udp.UdpSocket#stream streams}. Ids such as {@link Rule#C1 C1} lead to the rules of the
 * specification, {@link dev.sluice.udp.Rule}; the conformance kit has tests for each.
 *
 * <p>Nothing here blocks, except the methods of {@link dev.sluice.udp.Pollable} whose purpose it is.
 */
@Export
@Version("0.1.0")
package dev.sluice.udp;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
