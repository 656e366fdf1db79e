package dev.sluice.udp.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.Pollable;
import dev.sluice.udp.UdpSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

/** A full send buffer (C2, C4, S1, S3, S7), and waiting until it isn't full (P1 to P3), while the network holds. */
@EnumSource(IpAddressFamily.class)
public abstract class FullBufferTck extends ControlledTck {
    private static final long SEND_BUFFER = 65_536;
    private static final int PAYLOAD = 1_000;

    /** More than such a buffer holds. */
    private static final int MANY = 1_000;

    private NetworkControl network;
    private Peer peer;
    private UdpSocket socket;
    private DatagramStreams streams;

    /** What has been counted as sent. */
    private final List<String> counted = new ArrayList<>();

    /** For subclasses. */
    protected FullBufferTck() {}

    /** A socket with a small send buffer, on a network that holds what it sends. */
    private OutgoingDatagramStream holding(boolean connected) throws Exception {
        network = networkControl();
        peer = peer();
        socket = bound();
        socket.setSendBufferSize(SEND_BUFFER);
        network.hold();
        return restart(connected);
    }

    private OutgoingDatagramStream restart(boolean connected) throws Exception {
        streams = socket.stream(connected ? peer.address() : null);
        return streams.outgoing();
    }

    private OutgoingDatagram next(boolean connected) {
        String number = String.format("%05d ", counted.size());
        return datagram(number + "x".repeat(PAYLOAD - number.length()), connected ? null : peer.address());
    }

    /** Sends, in lists and in batches, until the gate is closed. */
    private void fill(OutgoingDatagramStream out, boolean connected) throws Exception {
        for (int permitted = out.checkSend(); permitted > 0; permitted = out.checkSend()) {
            assertTrue(counted.size() < MANY, "the buffer takes everything, though nothing leaves");
            int before = counted.size();
            List<OutgoingDatagram> list = new ArrayList<>();
            DatagramBatch batch = new DatagramBatch(permitted, permitted * PAYLOAD);
            for (int i = 0; i < Math.min(permitted, 30); i++) {
                OutgoingDatagram datagram = next(connected);
                counted.addAll(texts(datagram));
                list.add(datagram);
                batch.add(datagram.remoteAddress(), datagram.data());
            }
            int sent = before % 60 == 0 ? out.send(list) : out.send(batch, 0, batch.size());
            counted.subList(before + sent, counted.size()).clear();
        }
        assertTrue(counted.size() > 0, "an empty buffer takes something");
    }

    /** Lets everything leave, and asserts that what was counted arrives exactly once, and nothing else. */
    private void assertCountedArrives() {
        network.release();
        List<String> arrived = new ArrayList<>();
        while (arrived.size() < counted.size()) {
            arrived.add(peer.receive().text());
        }
        arrived.sort(null); // behind such a queue two processors may change the order
        assertEquals(counted, arrived);
        assertEquals(List.of(), peer.texts());
    }

    private void assertClosed(OutgoingDatagramStream out) throws Exception {
        assertEquals(0, out.checkSend(), "C4: the buffer is full");
        assertFalse(out.subscribe().ready(), "C2: the pollable agrees");
        assertEquals(0, out.checkSend(), "asking changes nothing");
        assertFalse(out.subscribe().block(Duration.ofMillis(1)));
    }

    @Test
    final void C4_S1_S7_aFullBufferEndsASendAndClosesTheGate() throws Exception {
        for (boolean connected : new boolean[] {false, true}) {
            counted.clear();
            OutgoingDatagramStream out = holding(connected);
            fill(out, connected);
            assertClosed(out);
            assertCountedArrives();
            await(out.subscribe());
            assertTrue(out.checkSend() > 0);
            counted.clear();
            assertEquals(1, out.send(List.of(next(connected))));
            closeEverything();
        }
    }

    @Test
    final void S3_aSendThatMeetsAFullBufferAtOnceReturnsZero() throws Exception {
        for (boolean connected : new boolean[] {false, true}) {
            counted.clear();
            fill(holding(connected), connected);
            for (String text : List.of("x".repeat(PAYLOAD), "y", "")) { // each on a new stream, whose gate is open
                OutgoingDatagram late = datagram(text, connected ? null : peer.address());
                OutgoingDatagramStream out = restart(connected);
                assertEquals(0, send(out, late, late));
                assertClosed(out);
                DatagramBatch batch = new DatagramBatch(2, 2 * PAYLOAD);
                batch.add(late.remoteAddress(), late.data());
                batch.add(late.remoteAddress(), late.data());
                OutgoingDatagramStream another = restart(connected);
                another.checkSend();
                assertEquals(0, another.send(batch, 0, 2));
                assertClosed(another);
            }
            assertEquals(counted.size(), socket.statistics().datagramsSent());
            assertEquals(0, socket.statistics().sendErrors());
            assertCountedArrives();
            closeEverything();
        }
    }

    @Test
    final void S1_whatAFullBufferHoldsSurvivesClosing() throws Exception {
        fill(holding(true), true);
        socket.close();
        assertCountedArrives();
    }

    @Test
    final void C2_C4_theGateClosesAndOpensAgainAndAgain() throws Exception {
        OutgoingDatagramStream out = holding(true);
        for (int round = 0; round < 3; round++) {
            fill(out, true);
            assertClosed(out);
            CountDownLatch called = new CountDownLatch(1);
            out.subscribe().onReady(called::countDown);
            assertEquals(1, called.getCount(), "nothing has left");
            network.release();
            assertCalled(called);
            network.hold();
        }
        assertCountedArrives();
    }

    private void assertCalled(CountDownLatch called) throws InterruptedException {
        assertTrue(called.await(patience().toSeconds(), TimeUnit.SECONDS), "the callback did not come");
    }

    @Test
    final void P3_theReadableCallbackComesAfterTheWritableOne() throws Exception {
        fill(holding(true), true);
        CountDownLatch writable = new CountDownLatch(1);
        CountDownLatch readable = new CountDownLatch(1);
        streams.outgoing().subscribe().onReady(writable::countDown);
        streams.incoming().subscribe().onReady(readable::countDown);
        network.release();
        assertCalled(writable);
        assertEquals(1, readable.getCount());
        peer.send(socket.localAddress(), "readable");
        assertCalled(readable);
    }

    @Test
    final void P3_theWritableCallbackComesAfterTheReadableOne() throws Exception {
        OutgoingDatagramStream out = holding(true);
        peer.send(socket.localAddress(), "ahead of what fills the buffer");
        fill(out, true);
        CountDownLatch writable = new CountDownLatch(1);
        CountDownLatch readable = new CountDownLatch(1);
        out.subscribe().onReady(writable::countDown);
        streams.incoming().subscribe().onReady(readable::countDown);
        assertEquals(1, readable.getCount());
        network.release();
        assertCalled(readable);
        assertCalled(writable);
    }

    @Test
    final void P3_aCancelledWaitForTheGateLeavesTheOthers() throws Exception {
        OutgoingDatagramStream out = holding(false);
        fill(out, false);
        AtomicInteger cancelled = new AtomicInteger();
        CountDownLatch called = new CountDownLatch(2);
        out.subscribe().onReady(called::countDown);
        Pollable.Registration registration = out.subscribe().onReady(cancelled::incrementAndGet);
        out.subscribe().onReady(called::countDown);
        registration.cancel();
        network.release();
        assertCalled(called);
        assertEquals(0, cancelled.get());
    }

    @Test
    final void P2_U3_U7_theEndOfAStreamWakesWaitersForItsGate() throws Exception {
        OutgoingDatagramStream superseded = holding(true);
        fill(superseded, true);
        CountDownLatch called = new CountDownLatch(1);
        superseded.subscribe().onReady(called::countDown);
        OutgoingDatagramStream out = restart(true);
        assertCalled(called);
        assertCode(ErrorCode.INVALID_STATE, superseded::checkSend);

        assertEquals(0, send(out, next(true)));
        CountDownLatch closed = new CountDownLatch(1);
        out.subscribe().onReady(closed::countDown);
        socket.close();
        assertCalled(closed);
        assertCode(ErrorCode.INVALID_STATE, out::checkSend);
    }

    private static List<String> texts(OutgoingDatagram datagram) {
        return List.of(
                StandardCharsets.ISO_8859_1.decode(datagram.data().duplicate()).toString());
    }
}
