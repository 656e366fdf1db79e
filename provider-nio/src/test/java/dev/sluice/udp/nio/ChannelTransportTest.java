// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.nio;

import static dev.sluice.udp.nio.Loopback.LONG;
import static dev.sluice.udp.spi.DatagramTransport.READABLE;
import static dev.sluice.udp.spi.DatagramTransport.WRITABLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.DatagramTransport;
import dev.sluice.udp.spi.EventLoop;
import dev.sluice.udp.spi.ScratchPool;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The transport by itself: what it promises to the SPI, which has its own safety nets above. */
class ChannelTransportTest {
    private static final int BOTH = READABLE | WRITABLE;

    private static DatagramBatch batch(int length) {
        DatagramBatch batch = new DatagramBatch(1, 10);
        batch.commit(null, length);
        return batch;
    }

    private static DatagramBatch room() {
        return new DatagramBatch(8, 8 * 65_527);
    }

    private static void assertRefused(Transported call) {
        assertEquals(
                ErrorCode.CONNECTION_REFUSED,
                assertThrows(SocketErrorException.class, call::run).errorCode());
    }

    private interface Transported {
        void run() throws IOException;
    }

    /** A transport and its peer, whose one datagram was drained when an empty one was sent. */
    private static final class Drained implements AutoCloseable {
        final Loopback loopback;
        final DatagramTransport peer;
        final DatagramTransport transport;

        Drained(IpAddressFamily family) throws IOException {
            loopback = new Loopback(family);
            peer = loopback.provider.open(family);
            transport = loopback.provider.open(family);
            InetSocketAddress there = peer.bind(loopback.address(0));
            InetSocketAddress here = transport.bind(loopback.address(0));
            transport.connect(there);
            peer.connect(here);
            assertEquals(1, peer.send(batch(3), 0, 1));
            assertEquals(1, transport.send(batch(0), 0, 1));
        }

        @Override
        public void close() {
            peer.close();
            transport.close();
            loopback.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void P3_whatWasDrainedIsReadable(IpAddressFamily family) throws Exception {
        try (Drained drained = new Drained(family)) {
            assertEquals(READABLE, drained.transport.readiness(READABLE));
            assertEquals(WRITABLE, drained.transport.readiness(WRITABLE));
            assertEquals(BOTH, drained.transport.readiness(BOTH));
            CountDownLatch called = new CountDownLatch(1);
            drained.transport.arm(READABLE, called::countDown);
            assertTrue(called.await(LONG.toSeconds(), TimeUnit.SECONDS));
            assertEquals(1, drained.transport.receive(room(), 8));
            assertEquals(0, drained.transport.readiness(READABLE));
            assertEquals(WRITABLE, drained.transport.readiness(BOTH));
            assertEquals(1, drained.peer.send(batch(3), 0, 1));
            assertEquals(READABLE, drained.transport.readiness(READABLE));
            assertEquals(WRITABLE, drained.transport.readiness(WRITABLE));
        }
    }

    private static DatagramTransport transport(ScriptedChannel channel, IpAddressFamily family, ReadinessProbe probe) {
        EventLoop loop = new EventLoop("unused", Duration.ofSeconds(1), SelectorMultiplexer::open);
        return new ChannelTransport(channel, family, loop, probe, new ScratchPool(1, 65_536));
    }

    /** On both families, readable because of an error: looking for IPv6 datagrams meets it, and has to tell it. */
    @Test
    void P2_anErrorThatAskingConsumesIsThrown() throws Exception {
        ScriptedChannel channel = new ScriptedChannel();
        channel.receiving = buffer -> {
            channel.receiving = nothing -> null;
            throw new PortUnreachableException();
        };
        ReadinessProbe probe = new ReadinessProbe() {
            @Override
            int ask(DatagramChannel asked, int interest) {
                return interest & READABLE;
            }
        };
        DatagramTransport transport = transport(channel, IpAddressFamily.IPV6, probe);
        transport.bind(new InetSocketAddress("::", 9));
        assertRefused(() -> transport.readiness(BOTH));
        assertEquals(0, transport.readiness(BOTH));
        assertEquals(0, transport.receive(room(), 8));
    }

    @Test
    void C4_aFullBufferTakesNothing() throws Exception {
        ScriptedChannel channel = new ScriptedChannel();
        DatagramTransport transport = transport(channel, IpAddressFamily.IPV4, new ReadinessProbe());
        for (InetSocketAddress peer : new InetSocketAddress[] {null, new InetSocketAddress("127.0.0.1", 9)}) {
            transport.connect(peer);
            channel.taking = 0;
            assertEquals(0, transport.send(batch(5), 0, 1));
            channel.taking = 10;
            assertEquals(1, transport.send(batch(5), 0, 1));
        }
    }
}
