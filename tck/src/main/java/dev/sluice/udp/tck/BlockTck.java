// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IncomingDatagramStream;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.Pollable;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever ends a wait ends {@code block}, on platform and on virtual threads (P1, P6): a provider may wait on the
 * calling thread itself. Waiting for a closed gate is tested by {@link GateWaitTck}.
 */
@EnumSource(IpAddressFamily.class)
public abstract class BlockTck extends RuleTest {

    /** For subclasses. */
    protected BlockTck() {}

    @Test
    final void P1_P6_aDatagramEndsIt() throws Exception {
        Peer peer = peer();
        UdpSocket socket = bound();
        IncomingDatagramStream in = socket.stream(peer.address()).incoming();
        for (boolean virtual : BlockedThread.kinds()) {
            for (int round = 0; round < 20; round++) {
                BlockedThread thread = BlockedThread.on(in.subscribe(), virtual);
                peer.send(socket.localAddress(), "");
                thread.assertReturns(patience());
                assertEquals(1, in.receive(1).size());
            }
        }
    }

    @Test
    final void P1_P6_anInterruptEndsIt() throws Exception {
        Peer peer = peer();
        UdpSocket socket = bound();
        Pollable readable = socket.stream(null).incoming().subscribe();
        for (boolean virtual : BlockedThread.kinds()) {
            for (int round = 0; round < 20; round++) {
                BlockedThread thread = BlockedThread.on(readable, virtual);
                thread.interrupt();
                thread.assertInterrupted(patience());
            }
        }
        BlockedThread later = BlockedThread.on(readable, false);
        peer.send(socket.localAddress(), "x");
        later.assertReturns(patience());
    }

    @Test
    final void P6_U7_closingEndsIt() throws Exception {
        for (boolean virtual : BlockedThread.kinds()) {
            for (int round = 0; round < 20; round++) {
                UdpSocket socket = bound();
                DatagramStreams streams = socket.stream(null);
                BlockedThread thread = BlockedThread.on(streams.incoming().subscribe(), virtual);
                socket.close();
                thread.assertReturns(patience());
                assertCode(ErrorCode.INVALID_STATE, () -> streams.incoming().receive(1));
            }
        }
    }

    @Test
    final void P6_U3_supersedingEndsIt() throws Exception {
        UdpSocket socket = bound();
        for (boolean virtual : BlockedThread.kinds()) {
            for (int round = 0; round < 20; round++) {
                DatagramStreams streams = socket.stream(null);
                BlockedThread thread = BlockedThread.on(streams.incoming().subscribe(), virtual);
                socket.stream(null);
                thread.assertReturns(patience());
                assertCode(ErrorCode.INVALID_STATE, () -> streams.incoming().receive(1));
            }
        }
    }

    /** The error may be pending in the kernel, or kept because the second send met it. */
    @Test
    final void P6_P2_anErrorEndsIt() throws Exception {
        for (int sent : new int[] {1, 10}) {
            for (boolean virtual : BlockedThread.kinds()) {
                for (int round = 0; round < 10; round++) {
                    DatagramStreams streams = streamsTo(closedPort());
                    BlockedThread thread = BlockedThread.on(streams.incoming().subscribe(), virtual);
                    assertTrue(send(streams.outgoing(), Collections.nCopies(sent, toPeer("to a closed port"))) > 0);
                    thread.assertReturns(patience());
                    assertCode(ErrorCode.CONNECTION_REFUSED, () -> streams.incoming()
                            .receive(1));
                }
            }
        }
    }

    @Test
    final void P6_V3_stoppingTheProviderEndsIt() throws Exception {
        for (boolean virtual : BlockedThread.kinds()) {
            UdpSocketProvider stopping = underTest.newProvider();
            UdpSocket socket = closing(stopping.createSocket(family));
            socket.bind(loopback(0));
            DatagramStreams streams = socket.stream(null);
            BlockedThread thread = BlockedThread.on(streams.incoming().subscribe(), virtual);
            closeProvider(stopping);
            thread.assertReturns(patience());
            assertCode(ErrorCode.INVALID_STATE, () -> streams.incoming().receive(1));
        }
    }

    @Test
    final void P6_P3_severalThreadsAndCallbacksWaitForOnePollable() throws Exception {
        Peer peer = peer();
        UdpSocket socket = bound();
        IncomingDatagramStream in = socket.stream(null).incoming();
        for (int round = 0; round < 10; round++) {
            List<BlockedThread> threads = new ArrayList<>();
            CountDownLatch called = new CountDownLatch(2);
            in.subscribe().onReady(called::countDown);
            for (boolean virtual : BlockedThread.kinds()) {
                threads.add(BlockedThread.on(in.subscribe(), virtual));
                threads.add(BlockedThread.on(in.subscribe(), virtual));
            }
            in.subscribe().onReady(called::countDown);
            peer.send(socket.localAddress(), "x");
            for (BlockedThread thread : threads) {
                thread.assertReturns(patience());
            }
            assertTrue(called.await(patience().toSeconds(), TimeUnit.SECONDS));
            assertEquals(1, in.receive(10).size());
        }
    }

    /** Two of three leave, and the third, which may wait in another way than the first, stays. */
    @Test
    final void P6_P1_theOthersWaitOn() throws Exception {
        Peer peer = peer();
        UdpSocket socket = bound();
        Pollable readable = socket.stream(null).incoming().subscribe();
        for (int staying = 0; staying < 3; staying++) {
            List<BlockedThread> threads = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                threads.add(BlockedThread.on(readable, i == 2 && BlockedThread.hasVirtual()));
            }
            BlockedThread stays = threads.remove(staying);
            for (BlockedThread thread : threads) {
                thread.interrupt();
                thread.assertInterrupted(patience());
            }
            peer.send(socket.localAddress(), "x");
            stays.assertReturns(patience());
            assertEquals(1, socket.stream(null).incoming().receive(1).size());
            readable = socket.stream(null).incoming().subscribe();
        }
    }

    /** What ended the wait may have been received by another thread: then the wait goes on, and the next one ends it. */
    @Test
    final void P6_P1_theNextDatagramEndsItToo() throws Exception {
        Peer peer = peer();
        UdpSocket socket = bound();
        IncomingDatagramStream in = socket.stream(null).incoming();
        for (boolean virtual : BlockedThread.kinds()) {
            for (int round = 0; round < 50; round++) {
                BlockedThread thread = BlockedThread.on(in.subscribe(), virtual);
                peer.send(socket.localAddress(), "received at once");
                receiveAtOnce(in);
                peer.send(socket.localAddress(), "next");
                thread.assertReturns(patience());
                assertEquals(List.of("next"), texts(receive(in, 1)));
            }
        }
    }

    private void receiveAtOnce(IncomingDatagramStream in) throws SocketErrorException {
        long start = System.nanoTime();
        while (in.receive(1).isEmpty()) {
            assertTrue(System.nanoTime() - start < patience().toNanos(), "nothing arrives");
        }
    }
}
