// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IncomingDatagramStream;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.SendNotPermittedException;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

/** Several threads on one socket (S9, U7, U8). */
@EnumSource(IpAddressFamily.class)
public abstract class ThreadsTck extends RuleTest {

    /** For subclasses. */
    protected ThreadsTck() {}

    private interface Action {
        void run() throws Exception;
    }

    /** Runs actions at the same time, each on a thread of its own, and waits for them all. */
    private void together(Action... actions) throws Exception {
        CyclicBarrier start = new CyclicBarrier(actions.length);
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (Action action : actions) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            running.add(done);
            Thread thread = new Thread(() -> {
                try {
                    start.await(patience().toSeconds(), TimeUnit.SECONDS);
                    action.run();
                    done.complete(null);
                } catch (Throwable e) {
                    done.completeExceptionally(e);
                }
            });
            thread.setDaemon(true);
            thread.start();
        }
        for (CompletableFuture<Void> done : running) {
            done.get(patience().toSeconds(), TimeUnit.SECONDS);
        }
    }

    @Test
    final void S9_threadsThatShareAStreamTrapOrWait() throws Exception {
        Peer peer = peer();
        OutgoingDatagramStream out = streamsTo(peer.address()).outgoing();
        for (int round = 0; round < 10; round++) { // the peer's receive buffer may not hold more at once
            assertCountedIsWhatArrives(out, peer);
        }
    }

    private void assertCountedIsWhatArrives(OutgoingDatagramStream out, Peer peer) throws Exception {
        List<String> counted = Collections.synchronizedList(new ArrayList<>());
        Action sender = () -> {
            String name = Thread.currentThread().getName();
            for (int i = 0; i < 20; i++) {
                List<OutgoingDatagram> list = new ArrayList<>();
                List<String> texts = new ArrayList<>();
                for (int j = 0; j < 3; j++) {
                    texts.add(name + " " + i + " " + j + "x".repeat(i % 7));
                    list.add(new OutgoingDatagram(bytes(texts.get(j))));
                }
                try {
                    while (out.checkSend() == 0) {
                        await(out.subscribe());
                    }
                    counted.addAll(texts.subList(0, out.send(list)));
                } catch (SendNotPermittedException e) { // another thread spent the permit
                }
            }
        };
        together(sender, sender, sender);
        List<String> arrived = new ArrayList<>(peer.texts());
        Collections.sort(arrived);
        List<String> expected = new ArrayList<>(counted);
        Collections.sort(expected);
        assertEquals(expected, arrived);
        assertTrue(!arrived.isEmpty());
    }

    @Test
    final void U8_sendingAndReceivingSideBySide() throws Exception {
        Peer peer = peer();
        UdpSocket socket = bound();
        DatagramStreams streams = socket.stream(peer.address());
        int count = 100; // fits the default receive buffer, even if the receiver never ran
        List<String> received = new ArrayList<>();
        together(
                () -> sendAll(
                        streams.outgoing(), Collections.nCopies(count, new OutgoingDatagram(bytes("from the socket")))),
                () -> {
                    for (int i = 0; i < count; i++) {
                        peer.send(socket.localAddress(), "to the socket");
                    }
                },
                () -> received.addAll(texts(receive(streams.incoming(), count))));
        assertEquals(Collections.nCopies(count, "to the socket"), received);
        assertEquals(Collections.nCopies(count, "from the socket"), peer.texts());
    }

    @Test
    final void U7_closeEndsTheWaitOfOthers() throws Exception {
        UdpSocket socket = bound();
        DatagramStreams streams = socket.stream(null);
        together(
                () -> {
                    streams.incoming().subscribe().block();
                    assertCode(ErrorCode.INVALID_STATE, () -> streams.incoming().receive(1));
                },
                () -> {
                    streams.incoming().subscribe().block();
                    assertCode(ErrorCode.INVALID_STATE, () -> streams.outgoing().checkSend());
                },
                socket::close);
    }

    /** A descriptor that is used after close writes into the socket that has its number by then. */
    @Test
    final void U7_closeDuringTrafficLeavesOtherSocketsAlone() throws Exception {
        Peer nextPeer = peer();
        Peer peer = peer();
        for (int round = 0; round < 40; round++) {
            UdpSocket closing = socket();
            closing.bind(loopback(0));
            DatagramStreams streams = closing.stream(peer.address());
            List<OutgoingDatagram> list =
                    Collections.nCopies(20, new OutgoingDatagram(bytes("from the closed socket")));
            AtomicInteger sends = new AtomicInteger();
            together(
                    () -> {
                        try {
                            while (true) {
                                int permitted = streams.outgoing().checkSend();
                                sends.addAndGet(streams.outgoing().send(list.subList(0, Math.min(permitted, 20))));
                            }
                        } catch (SocketErrorException e) {
                            assertEquals(ErrorCode.INVALID_STATE, e.errorCode(), e::toString);
                        }
                    },
                    () -> {
                        try {
                            while (true) {
                                streams.incoming().receive(5);
                            }
                        } catch (SocketErrorException e) {
                            assertEquals(ErrorCode.INVALID_STATE, e.errorCode(), e::toString);
                        }
                    },
                    () -> {
                        closing.close();
                        UdpSocket next = socket(); // with the same descriptor
                        next.bind(loopback(0));
                        send(
                                next.stream(nextPeer.address()).outgoing(),
                                new OutgoingDatagram(bytes("from the next socket")));
                        next.close();
                    });
        }
        assertEquals(Collections.nCopies(40, "from the next socket"), nextPeer.texts());
    }

    @Test
    final void U3_U8_changingThePeerDuringTraffic() throws Exception {
        Peer one = peer();
        Peer other = peer();
        UdpSocket socket = bound();
        AtomicInteger counted = new AtomicInteger();
        AtomicInteger arrived = new AtomicInteger();
        List<DatagramStreams> current = Collections.synchronizedList(new ArrayList<>());
        current.add(socket.stream(one.address()));
        AtomicInteger done = new AtomicInteger();
        together(
                () -> {
                    for (int i = 0; i < 100; i++) {
                        current.set(0, socket.stream(i % 2 == 0 ? other.address() : one.address()));
                    }
                    done.set(1);
                },
                () -> {
                    while (done.get() == 0) {
                        try {
                            OutgoingDatagramStream out = current.get(0).outgoing();
                            if (out.checkSend() > 0) {
                                counted.addAndGet(out.send(List.of(new OutgoingDatagram(bytes("x")))));
                            }
                        } catch (SocketErrorException e) {
                            assertEquals(ErrorCode.INVALID_STATE, e.errorCode(), e::toString);
                        }
                        if (counted.get() - arrived.get() >= 200) { // fits any receive buffer
                            arrived.addAndGet(one.texts().size() + other.texts().size());
                        }
                    }
                });
        assertEquals(
                counted.get(),
                arrived.get() + one.texts().size() + other.texts().size());
    }

    /** The batch says one thread, and this one is refilled by another: what was allowed is what is sent. */
    @Test
    final void S9_N1_aBatchRefilledDuringItsSendReachesNothingForbidden() throws Exception {
        Peer allowed = peer();
        Peer forbidden = peer();
        TestNetwork network = new TestNetwork();
        network.send = address -> address.equals(allowed.address());
        UdpSocket socket = socket();
        socket.bind(network, loopback(0));
        OutgoingDatagramStream out = socket.stream(null).outgoing();
        DatagramBatch batch = new DatagramBatch(8, 1_000);
        AtomicBoolean done = new AtomicBoolean();
        Action refilling = () -> {
            for (int i = 0; !done.get(); i++) {
                try {
                    batch.clear();
                    batch.commit(i % 2 == 0 ? allowed.address() : forbidden.address(), 3);
                    batch.commit(i % 3 == 0 ? forbidden.address() : allowed.address(), 3);
                } catch (RuntimeException misuse) { // of two threads at once
                }
            }
        };
        Action sending = () -> {
            for (int i = 0; i < 20_000; i++) {
                try {
                    out.checkSend();
                    out.send(batch, 0, Math.max(1, batch.size()));
                } catch (SocketErrorException | RuntimeException refused) { // forbidden, or changed meanwhile
                }
            }
            done.set(true);
        };
        together(refilling, sending);
        peerSocketSends(forbidden);
        assertEquals("the only one", forbidden.receive().text());
    }

    private void peerSocketSends(Peer peer) throws Exception {
        assertEquals(1, send(streams().outgoing(), datagram("the only one", peer.address())));
    }

    /** The limit of the tail is moved by another thread while datagrams are received through it. */
    @Test
    final void S9_aTailThatIsMovedDuringAReceiveHarmsNothingElse() throws Exception {
        Peer peer = peer();
        UdpSocket socket = bound();
        IncomingDatagramStream in = socket.stream(null).incoming();
        DatagramBatch batch = new DatagramBatch(4, 2 * family.maxDatagramSize());
        AtomicBoolean done = new AtomicBoolean();
        Action moving = () -> {
            while (!done.get()) {
                try {
                    batch.tail().position(0).limit(1);
                    batch.memory().limit(batch.memory().capacity());
                } catch (RuntimeException misuse) { // of two threads at once
                }
            }
        };
        Action receiving = () -> {
            for (int i = 0; i < 500; i++) {
                peer.send(socket.localAddress(), "x".repeat(1_000));
                try {
                    batch.clear();
                    in.receive(batch, 4);
                } catch (SocketErrorException | RuntimeException misuse) { // what is received may be lost
                }
            }
            done.set(true);
        };
        together(moving, receiving);
        while (!in.receive(100).isEmpty()) {
            // what is left
        }
        peer.send(socket.localAddress(), "sound");
        assertEquals(List.of("sound"), texts(receive(in, 1)));
    }
}
