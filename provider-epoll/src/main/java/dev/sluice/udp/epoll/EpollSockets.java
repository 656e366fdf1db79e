// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.epoll;

import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.spi.DatagramTransport;
import dev.sluice.udp.spi.EventLoop;
import dev.sluice.udp.spi.SegmentCeiling;
import java.io.IOException;
import java.time.Duration;

/** What the sockets of one provider share: the thread that waits, and what is known of the kernel. */
final class EpollSockets {
    /** Long enough to span the pauses of an application that waits often, short enough to leave an idle one alone. */
    private static final Duration IDLE = Duration.ofSeconds(5);

    private final EventLoop loop;
    private final SegmentCeiling ceiling = new SegmentCeiling();
    private final boolean segmenting;

    /**
     * Of a provider.
     *
     * @param idle how long the thread stays; null: as long as suits most
     */
    EpollSockets(boolean segmenting, Duration idle) {
        this.segmenting = segmenting;
        this.loop = new EventLoop("sluice-epoll", idle == null ? IDLE : idle, EpollMultiplexer::open);
    }

    DatagramTransport open(IpAddressFamily family) throws IOException {
        KernelSocket socket = KernelSocket.open(family);
        DatagramTransport transport = null;
        try {
            transport = new EpollTransport(socket, family, ceiling, segmenting, loop);
            return transport;
        } finally {
            if (transport == null) { // whatever was thrown, nothing stays open
                socket.close();
            }
        }
    }

    void stop() {
        loop.stop();
    }
}
