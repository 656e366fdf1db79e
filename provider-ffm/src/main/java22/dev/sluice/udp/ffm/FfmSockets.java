// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.ffm;

import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.spi.DatagramTransport;
import dev.sluice.udp.spi.EventLoop;
import dev.sluice.udp.spi.LendingPool;
import dev.sluice.udp.spi.SegmentCeiling;
import dev.sluice.udp.spi.SegmentingSender;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.Optional;

/** What the sockets of one provider share: the thread that waits, memory to receive into, and what is known of the kernel. */
final class FfmSockets implements Backend {
    /** Long enough to span the pauses of an application that waits often, short enough to leave an idle one alone. */
    private static final Duration IDLE = Duration.ofSeconds(5);

    private final EventLoop loop = new EventLoop("sluice-ffm", IDLE, EpollMultiplexer::open);
    private final SegmentCeiling ceiling = new SegmentCeiling();
    private final LendingPool<Intake> intakes = Intake.pool();
    private final PollCalls pollCalls = new PollCalls();

    FfmSockets() {}

    @Override
    public void setIdle(Duration idle) {
        loop.setIdle(idle);
    }

    @Override
    public Optional<Obstacle> obstacle() {
        return Probe.obstacle();
    }

    @Override
    public boolean canSegment() {
        return Probe.canSegment();
    }

    @Override
    public boolean canCoalesce() {
        return Probe.canCoalesce();
    }

    @Override
    public boolean hasPaths() {
        return Probe.hasPaths();
    }

    @Override
    public DatagramTransport open(IpAddressFamily family) throws IOException {
        KernelSocket socket = KernelSocket.open(family);
        boolean opened = false;
        try {
            DatagramTransport transport = transport(socket, family.maxDatagramSize());
            opened = true;
            return transport;
        } finally {
            if (!opened) {
                socket.close();
            }
        }
    }

    private DatagramTransport transport(KernelSocket socket, int maxDatagram) {
        socket.calls().coalesce(); // what can't be is received one by one
        int descriptor = socket.descriptor();
        CoalescingReceiver receiver = new CoalescingReceiver(socket, intakes, maxDatagram, Arena.ofAuto());
        return new FfmTransport(
                socket,
                new SegmentingSender(socket, new MessageSender(socket), ceiling, canSegment(), maxDatagram),
                receiver,
                new EpollRegistration(descriptor, loop),
                new CallerWait(descriptor, pollCalls, receiver::hasLeftover));
    }

    @Override
    public void stop() {
        loop.stop();
        pollCalls.close();
    }
}
