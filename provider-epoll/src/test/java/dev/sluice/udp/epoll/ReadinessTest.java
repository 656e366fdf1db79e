// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.epoll;

import static dev.sluice.udp.spi.DatagramTransport.READABLE;
import static dev.sluice.udp.spi.DatagramTransport.WRITABLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.EventLoop;
import dev.sluice.udp.spi.SegmentCeiling;
import dev.sluice.udp.spi.TransportOption;
import io.netty.channel.epoll.LinuxSocket;
import java.io.IOException;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A transport and what the kernel reports of it, where one direction is ready and the other isn't, or an error is. */
class ReadinessTest {
    private static final IpAddressFamily FAMILY = IpAddressFamily.IPV4;
    private static final int BOTH = READABLE | WRITABLE;
    private static final int IPPROTO_UDP = 17;
    private static final int UDP_CORK = 1;

    private final EventLoop loop = new EventLoop("sluice-epoll", Duration.ofSeconds(30), EpollMultiplexer::open);
    private final BlockingQueue<String> called = new LinkedBlockingQueue<>();
    private KernelSocket kernel = KernelSocket.open(FAMILY);
    private EpollTransport transport = over(kernel);

    ReadinessTest() throws IOException {}

    @AfterEach
    void close() {
        if (transport != null) {
            transport.close();
        }
        loop.stop();
    }

    private EpollTransport over(KernelSocket socket) {
        return new EpollTransport(socket, FAMILY, new SegmentCeiling(), true, loop);
    }

    private void arm(int interest, String name) throws IOException {
        transport.arm(interest, () -> called.add(name));
    }

    private void assertCalled(String name) throws InterruptedException {
        assertEquals(name, called.poll(Peer.LONG.toSeconds(), TimeUnit.SECONDS));
    }

    private static DatagramBatch batch(int length) {
        DatagramBatch batch = new DatagramBatch(1, length);
        batch.add(null, ByteBuffer.allocate(length));
        return batch;
    }

    private static InetSocketAddress closedPort() throws IOException {
        try (Peer peer = new Peer(FAMILY)) {
            return peer.address();
        }
    }

    /** Corked, the kernel holds back what is sent (udp(7)), which nothing else makes it do on loopback. */
    private void cork(boolean corked) throws IOException {
        ((LinuxSocket) kernel.descriptor()).setIntOpt(IPPROTO_UDP, UDP_CORK, corked ? 1 : 0);
    }

    @Test
    void P3_eachDirectionIsAskedAndCalledForItself() throws Exception {
        try (Peer peer = new Peer(FAMILY)) {
            InetSocketAddress local = transport.bind(Peer.loopback(FAMILY, 0));
            transport.connect(peer.address());
            kernel.options().set(TransportOption.SEND_BUFFER_SIZE, 20_000);
            assertEquals(WRITABLE, transport.readiness(BOTH));
            assertEquals(0, transport.readiness(READABLE));
            cork(true);
            assertEquals(1, transport.send(batch(24_000), 0, 1));
            assertEquals(0, transport.readiness(BOTH));
            arm(WRITABLE, "writable");
            arm(READABLE, "readable");
            peer.send(local, (byte) 1);
            assertCalled("readable");
            assertEquals(READABLE, transport.readiness(BOTH));
            assertEquals(0, transport.readiness(WRITABLE));
            arm(READABLE, "readable again");
            assertCalled("readable again");
            cork(false);
            assertCalled("writable");
            assertEquals(BOTH, transport.readiness(BOTH));
            assertEquals(WRITABLE, transport.readiness(WRITABLE));
        }
    }

    @Test
    void P2_anErrorThatAskingConsumesIsThrownOnce() throws Exception {
        transport.bind(Peer.loopback(FAMILY, 0));
        transport.connect(closedPort());
        assertEquals(1, transport.send(batch(1), 0, 1)); // the answer is back: this is loopback
        SocketErrorException error = assertThrows(SocketErrorException.class, () -> transport.readiness(WRITABLE));
        assertEquals(ErrorCode.CONNECTION_REFUSED, error.errorCode());
        assertEquals(WRITABLE, transport.readiness(BOTH));
    }

    @Test
    void P3_aClosedSocketIsLetGoOf() throws Exception {
        EpollTransport other = over(KernelSocket.open(FAMILY));
        try {
            other.bind(Peer.loopback(FAMILY, 0));
            transport.bind(Peer.loopback(FAMILY, 0));
            other.arm(READABLE, () -> {}); // so that the thread goes on
            arm(WRITABLE, "writable");
            assertCalled("writable");
            ReferenceQueue<Object> unreachable = new ReferenceQueue<>();
            Reference<?> reference = new PhantomReference<>(kernel.descriptor(), unreachable);
            arm(READABLE, "readable");
            transport.close();
            transport = null;
            kernel = null;
            Reference<?> found = null;
            for (long i = 0; found == null && i < 10 * Peer.LONG.toSeconds(); i++) {
                System.gc();
                found = unreachable.remove(100);
            }
            assertSame(reference, found);
        } finally {
            other.close();
        }
    }
}
