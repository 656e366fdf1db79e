// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.Network;
import dev.sluice.udp.OutgoingDatagram;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * U8: calls that begin near the end of the stack overflow it anywhere, and keep no lock for it. No test for mutations: what
 * counts there which lines are run needs stack where the code needs none.
 */
@Tag("slow")
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class StackEndTest {
    private static final int DIVES = 60;

    /** How many calls on the way back from the end: the last ones have enough stack. */
    private static final int CALLS = 150;

    private static final InetSocketAddress LOCAL = new InetSocketAddress("127.0.0.1", 9);

    private interface Call {
        void run() throws Exception;
    }

    private final DatagramTransport transport = (DatagramTransport) Proxy.newProxyInstance(
            DatagramTransport.class.getClassLoader(),
            new Class<?>[] {DatagramTransport.class},
            (proxy, method, arguments) -> switch (method.getName()) {
                case "bind" -> LOCAL;
                case "send" -> (int) arguments[2] - (int) arguments[1];
                case "receive", "readiness" -> 0;
                case "get" -> 1L;
                case "differsFromFresh" -> false;
                default -> null;
            });

    private final SocketCore core = new SocketCore(
            transport, () -> null, IpAddressFamily.IPV4, new ProviderMemory(new ScratchPool(64, 2 * 65_536)));
    private final DefaultUdpSocket socket = new DefaultUdpSocket(core, Network.unrestricted(), closed -> {});

    private Call call;
    private int calls;
    private int overflows;
    private int held;

    private void assertNoLockIsKept(Call tried) throws Exception {
        call = tried;
        tried.run();
        for (int i = 0; i < DIVES; i++) {
            calls = 0;
            Thread diver = new Thread(null, this::dive, "diver", 256 * 1024 + 16L * i);
            diver.start();
            diver.join();
        }
        assertTrue(overflows > 0);
        assertEquals(0, held, overflows + " overflows");
    }

    private void dive() {
        try {
            dive();
        } catch (StackOverflowError end) {
            // the calls begin here
        }
        if (calls < CALLS) {
            calls++;
            callHere();
        }
    }

    private void callHere() {
        try {
            call.run();
        } catch (StackOverflowError end) {
            overflows++;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        if (core.sending.held != 0 || core.receiving.held != 0) {
            held++;
            release();
        }
    }

    private void release() {
        core.sending.unlock();
        core.receiving.unlock();
    }

    private DatagramStreams streams() throws Exception {
        socket.bind(LOCAL);
        return socket.stream(null);
    }

    @Test
    void U8_send() throws Exception {
        DatagramStreams streams = streams();
        List<OutgoingDatagram> datagrams = List.of(new OutgoingDatagram(ByteBuffer.allocate(1), LOCAL));
        assertNoLockIsKept(() -> {
            streams.outgoing().checkSend();
            streams.outgoing().send(datagrams);
        });
    }

    @Test
    void U8_sendOfABatch() throws Exception {
        DatagramStreams streams = streams();
        DatagramBatch batch = new DatagramBatch(1, 1);
        batch.add(LOCAL, ByteBuffer.allocate(1));
        assertNoLockIsKept(() -> {
            streams.outgoing().checkSend();
            streams.outgoing().send(batch, 0, 1);
        });
    }

    @Test
    void U8_receive() throws Exception {
        DatagramStreams streams = streams();
        assertNoLockIsKept(() -> streams.incoming().receive(1));
    }

    @Test
    void U8_ready() throws Exception {
        DatagramStreams streams = streams();
        assertNoLockIsKept(() -> assertFalse(streams.incoming().subscribe().ready()));
    }

    @Test
    void U8_options() throws Exception {
        streams();
        assertNoLockIsKept(socket::sendBufferSize);
    }
}
