// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import dev.sluice.udp.UdpSocketProvider;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/** What the author of a provider implements so that the kit can test it. */
public interface ProviderUnderTest {
    /** The system property with the seconds of {@link #USUAL_PATIENCE}. */
    String PATIENCE = "sluice.tck.patience";

    /** How long to wait for what must happen: 60 seconds, unless {@value #PATIENCE} says otherwise. */
    Duration USUAL_PATIENCE = Duration.ofSeconds(Integer.getInteger(PATIENCE, 60));

    /**
     * Makes a provider. The kit makes several, and closes each that is {@link AutoCloseable}.
     *
     * @return a new one, not the one that {@link dev.sluice.udp.UdpSockets} finds
     */
    UdpSocketProvider newProvider();

    /**
     * Opens the remote end. It doesn't use the provider, so that a fault of the provider can't hide itself. The default is
     * a {@link java.net.DatagramSocket}; only a provider that isn't on the system's network needs another.
     *
     * @param local a loopback address, its port possibly 0
     * @return a new peer, bound there, which the kit closes
     */
    default Peer openPeer(InetSocketAddress local) {
        return new JdkPeer(local);
    }

    /**
     * Controls the network, for the tests of full send buffers and refused datagrams. The default is none: those tests
     * then run in a process of their own, which calls {@link #newProvider} there, in a network namespace; that needs
     * Linux, root, and the commands {@code ip}, {@code tc} and {@code nft}, and elsewhere they are skipped. Only a
     * provider that isn't on the system's network has another.
     *
     * @return the control of the network that {@link #openPeer} is on; empty for the system's
     */
    default Optional<NetworkControl> networkControl() {
        return Optional.empty();
    }

    /**
     * How long a test waits for what must happen, before it fails. No rule depends on it.
     *
     * @return {@link #USUAL_PATIENCE}, which is longer than any sound provider takes
     */
    default Duration patience() {
        return USUAL_PATIENCE;
    }
}
