// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.nio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.ScratchPool;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What comes in, from a channel that follows a script. */
class ReceiveQueueTest {
    private static final IpAddressFamily FAMILY = IpAddressFamily.IPV6;
    private static final int LARGEST = FAMILY.maxDatagramSize();
    private static final InetSocketAddress FOUR = new InetSocketAddress("127.0.0.1", 9);
    private static final InetSocketAddress SIX = new InetSocketAddress("::1", 9);

    private final ScriptedChannel channel = new ScriptedChannel();

    /** How often those that wait to receive were to be told. */
    private final AtomicInteger fired = new AtomicInteger();

    private final ReceiveQueue queue =
            new ReceiveQueue(channel, FAMILY, new ScratchPool(1, 65_536), fired::incrementAndGet);

    /** What the channel meets next: a payload, an error. Afterwards, nothing. */
    private final Deque<Object> script = new ArrayDeque<>();

    private final AtomicInteger asked = new AtomicInteger();

    private InetSocketAddress scripted(ByteBuffer buffer) throws IOException {
        asked.incrementAndGet();
        Object next = script.poll();
        if (next instanceof IOException error) {
            throw error;
        }
        if (next != null) {
            buffer.put((byte[]) next);
        }
        return next == null ? null : SIX;
    }

    private void script(Object... steps) {
        channel.receiving = this::scripted;
        script.addAll(List.of(steps));
    }

    private static byte[] payload(int number, int length) {
        byte[] payload = new byte[length];
        payload[0] = (byte) number;
        return payload;
    }

    private static DatagramBatch batch(int datagrams) {
        return new DatagramBatch(datagrams, datagrams * LARGEST);
    }

    private static ErrorCode code(QueueCall call) {
        return assertThrows(SocketErrorException.class, call::run).errorCode();
    }

    private interface QueueCall {
        void run() throws IOException;
    }

    @Test
    void R3_whatArrivesKeepsItsLengthAndItsPlace() throws Exception {
        DatagramBatch batch = batch(4);
        batch.add(SIX, payload(0, 1), 0, 1);
        script(payload(1, 5), payload(2, 7));
        assertTrue(queue.hasDatagram());
        assertEquals(2, queue.receive(batch, 2));
        assertArrayEquals(payload(1, 5), batch.bytes(1));
        assertArrayEquals(payload(2, 7), batch.bytes(2));
        assertEquals(SIX, batch.remoteAddress(2));
    }

    @Test
    void R1_noMoreIsTakenThanThereIsRoomFor() throws Exception {
        script(payload(1, 1), payload(2, 1), payload(3, 1), payload(4, 1), payload(5, 1));
        DatagramBatch batch = batch(5);
        assertEquals(1, queue.receive(batch, 1));
        assertEquals(1, queue.receive(batch(1), 5), "entries");
        assertEquals(1, queue.receive(new DatagramBatch(5, LARGEST), 5), "bytes: exactly one fits");
        assertEquals(0, queue.receive(new DatagramBatch(5, LARGEST - 1), 5), "bytes: one too few");
        assertEquals(2, queue.receive(batch, 2), "behind another");
        assertEquals(5, asked.get());
    }

    @Test
    void U1_aFloodOfIpv4HoldsNoCallForEver() throws Exception {
        channel.receiving = buffer -> {
            asked.incrementAndGet();
            return FOUR;
        };
        assertEquals(0, queue.receive(batch(1), 1));
        assertEquals(4096, asked.getAndSet(0));
        assertFalse(queue.hasDatagram());
        assertEquals(4096, asked.getAndSet(0));
        assertFalse(queue.hasDrained());
    }

    @Test
    void R2_whatCameBeforeAnErrorStays() throws Exception {
        DatagramBatch batch = batch(4);
        script(payload(1, 1), new PortUnreachableException(), payload(2, 1));
        assertEquals(ErrorCode.CONNECTION_REFUSED, code(() -> queue.receive(batch, 4)));
        assertArrayEquals(payload(1, 1), batch.bytes(0));
        assertEquals(1, queue.receive(batch, 3));
        assertArrayEquals(payload(2, 1), batch.bytes(1));
    }

    @Test
    void U1_ipv4LeavesNoTraceAmongWhatIsReceived() throws Exception {
        Deque<InetSocketAddress> sources = new ArrayDeque<>(List.of(SIX, FOUR, SIX));
        channel.receiving = buffer -> {
            InetSocketAddress source = sources.poll();
            if (source != null) {
                buffer.put(payload(sources.size(), 3));
            }
            return source;
        };
        DatagramBatch batch = batch(4);
        assertEquals(2, queue.receive(batch, 4));
        assertArrayEquals(payload(2, 3), batch.bytes(0));
        assertArrayEquals(payload(0, 3), batch.bytes(1));
    }

    @Test
    void P2_lookingThrowsTheErrorItMeets() throws Exception {
        script(new PortUnreachableException());
        assertEquals(ErrorCode.CONNECTION_REFUSED, code(queue::hasDatagram));
        assertFalse(queue.hasDatagram());
    }

    @Test
    void U3_errorsThatKeepComingHoldNoCallForEver() throws Exception {
        channel.receiving = buffer -> {
            asked.incrementAndGet();
            throw new PortUnreachableException();
        };
        queue.drainQuietly();
        assertEquals(16, asked.get());
    }

    @Test
    void U4_behindAForgottenErrorNothingIsLost() throws Exception {
        script(new PortUnreachableException(), payload(1, 1), payload(2, 1));
        queue.drainQuietly();
        assertEquals(1, fired.get());
        DatagramBatch batch = batch(4);
        assertEquals(2, queue.receive(batch, 4));
        assertArrayEquals(payload(1, 1), batch.bytes(0));
    }

    @Test
    void U4_noMoreIsKeptThanTheKernelWould() throws Exception {
        channel.receiveBuffer = 1000;
        channel.receiving = buffer -> {
            asked.incrementAndGet();
            buffer.put((byte) 1);
            return SIX;
        };
        queue.drain();
        assertEquals(8, asked.get()); // of 513 bytes each, four times the buffer
    }

    @Test
    void U7_closingIsNoErrorToForget() {
        script(new ClosedChannelException());
        assertThrows(ClosedChannelException.class, queue::drainQuietly);
    }

    @Test
    void U4_theQueueIsEmptiedBeforeConnectWouldThrowItAway() throws Exception {
        script(payload(1, 1));
        channel.connecting = peer -> assertTrue(queue.hasDrained());
        queue.attach(SIX);
        assertTrue(channel.connected);
    }

    @Test
    void U3_anOldErrorMetByConnectIsNoFailure() throws Exception {
        channel.connecting = peer -> {
            channel.connected = true;
            throw new NoRouteToHostException("an old one");
        };
        queue.attach(SIX);
        NoRouteToHostException real = new NoRouteToHostException("this one");
        channel.connected = false;
        channel.connecting = peer -> {
            throw real;
        };
        assertSame(real, assertThrows(NoRouteToHostException.class, () -> queue.attach(SIX)));
    }

    @Test
    void U3_whatIsPendingAfterDisconnectIsTakenOut() throws Exception {
        List<String> steps = new ArrayList<>();
        channel.connecting = peer -> steps.add("disconnect");
        channel.receiving = buffer -> {
            steps.add("receive");
            return null;
        };
        queue.detach();
        assertEquals(List.of(), steps);
        channel.connected = true;
        queue.detach();
        assertEquals(List.of("disconnect", "receive"), steps);
    }

    @Test
    void U4_drainingUsesTheSameMemoryAgain() throws Exception {
        Set<Integer> buffers = new HashSet<>();
        channel.receiving = buffer -> {
            buffers.add(System.identityHashCode(buffer));
            return null;
        };
        assertFalse(queue.hasDatagram());
        assertFalse(queue.hasDatagram());
        assertEquals(1, buffers.size());
    }

    /** Sending an empty datagram changes the peer, and another thread may receive at that moment. */
    @Test
    @Timeout(60)
    void U8_nobodyElseUsesTheChannelMeanwhile() throws Exception {
        channel.connected = true;
        for (QueueCall call : List.<QueueCall>of(
                () -> queue.receive(batch(1), 1),
                queue::hasDatagram,
                queue::drain,
                queue::detach,
                () -> queue.attach(SIX))) {
            Thread other = new Thread(this::look, "another");
            channel.receiving = buffer -> {
                channel.receiving = nothing -> null;
                other.start();
                awaitBlocked(other);
                return null;
            };
            call.run();
            other.join(Loopback.LONG.toMillis());
            assertFalse(other.isAlive(), "it still waits");
        }
    }

    private void look() {
        try {
            queue.hasDatagram();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Until it waits for the monitor, which it does for ever unless it goes on without one and ends. */
    private static void awaitBlocked(Thread thread) {
        while (thread.getState() != Thread.State.BLOCKED) {
            assertTrue(thread.isAlive(), "it did not wait");
            Thread.onSpinWait();
        }
    }
}
