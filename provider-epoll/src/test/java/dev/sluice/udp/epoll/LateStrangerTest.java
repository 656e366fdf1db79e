// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.epoll;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.IpAddressFamily;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whose a datagram is held to be. The kernel's socket has no peer here, only the path believes so: that is how a
 * stranger's datagram comes in late, as it does when the kernel chose the socket before and queues it after.
 */
class LateStrangerTest {
    private static final Duration FOR_EVER = Duration.ofDays(1);

    private KernelSocket socket;

    @AfterEach
    void close() {
        socket.close();
    }

    private InetSocketAddress sourceOfALateStranger(IpAddressFamily family, Duration settling, Peer peer, Peer stranger)
            throws Exception {
        socket = KernelSocket.open(family);
        socket.bind(Peer.loopback(family, 0));
        int largest = family.maxDatagramSize();
        PeerReceiver path = new PeerReceiver(socket, largest, settling);
        DatagramBatch batch = new DatagramBatch(2, largest + 2);
        path.peerChanged(peer.address());
        assertEquals(0, path.receive(batch, 1), "whatever was queued before has been seen");
        stranger.send(socket.localAddress(), (byte) 1);
        stranger.send(socket.localAddress(), (byte) 2);
        assertEquals(2, path.receive(batch, 2));
        assertEquals(batch.remoteAddress(0), batch.remoteAddress(1));
        return batch.remoteAddress(0);
    }

    @ParameterizedTest
    @EnumSource
    void U4_whatIsQueuedLateIsAskedWhereItComesFrom(IpAddressFamily family) throws Exception {
        try (Peer peer = new Peer(family);
                Peer stranger = new Peer(family)) {
            assertEquals(stranger.address(), sourceOfALateStranger(family, FOR_EVER, peer, stranger));
        }
    }

    /** The reason for asking no longer than needed is what it costs. */
    @ParameterizedTest
    @EnumSource
    void U4_afterAWhileEverythingIsThePeers(IpAddressFamily family) throws Exception {
        try (Peer peer = new Peer(family);
                Peer stranger = new Peer(family)) {
            assertEquals(peer.address(), sourceOfALateStranger(family, Duration.ZERO, peer, stranger));
        }
    }
}
