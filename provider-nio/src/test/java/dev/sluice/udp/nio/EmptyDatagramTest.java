// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.nio;

import static dev.sluice.udp.nio.Loopback.LONG;
import static dev.sluice.udp.nio.Loopback.await;
import static dev.sluice.udp.nio.Loopback.datagram;
import static dev.sluice.udp.nio.Loopback.receive;
import static dev.sluice.udp.nio.Loopback.send;
import static dev.sluice.udp.nio.Loopback.sendAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IncomingDatagram;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Empty datagrams, which a connected channel doesn't send by itself. */
class EmptyDatagramTest {

    @ParameterizedTest
    @EnumSource
    void S6_emptyDatagramsKeepTheirPlaceAmongOthers(IpAddressFamily family) throws Exception {
        try (Loopback loopback = new Loopback(family);
                UdpSocket receiver = loopback.bound();
                UdpSocket sender = loopback.bound()) {
            DatagramStreams in = receiver.stream(null);
            InetSocketAddress local = sender.localAddress();
            DatagramStreams connected = sender.stream(receiver.localAddress());
            sendAll(connected.outgoing(), datagram("1"), datagram(""), datagram("3"), datagram(""), datagram(""));
            assertEquals(List.of("1", "", "3", "", ""), receive(in.incoming(), 5));
            assertEquals(local, sender.localAddress());

            DatagramStreams unconnected = sender.stream(null);
            InetSocketAddress to = receiver.localAddress();
            sendAll(unconnected.outgoing(), datagram("1", to), datagram("", to), datagram("3", to));
            assertEquals(List.of("1", "", "3"), receive(in.incoming(), 3));
            assertEquals(local, sender.localAddress());
        }
    }

    @ParameterizedTest
    @EnumSource
    void R1_whatIsQueuedSurvivesSendingAnEmptyDatagramInOrder(IpAddressFamily family) throws Exception {
        try (Loopback loopback = new Loopback(family);
                UdpSocket peer = loopback.bound();
                UdpSocket socket = loopback.bound()) {
            DatagramStreams far = peer.stream(socket.localAddress());
            DatagramStreams near = socket.stream(peer.localAddress());
            sendAll(far.outgoing(), datagram("a"), datagram(""), datagram("c"));
            await(near.incoming().subscribe());
            sendAll(near.outgoing(), datagram(""));
            sendAll(far.outgoing(), datagram("d"));
            assertTrue(near.incoming().subscribe().ready());
            assertEquals(List.of("a", "", "c", "d"), receive(near.incoming(), 4));
            assertEquals(List.of(), near.incoming().receive(1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void P3_whoWaitsIsCalledThoughAnEmptyDatagramDrainedTheChannel(IpAddressFamily family) throws Exception {
        try (Loopback loopback = new Loopback(family)) {
            UdpSocket peer = loopback.bound();
            UdpSocket socket = loopback.bound();
            DatagramStreams far = peer.stream(socket.localAddress());
            DatagramStreams near = socket.stream(peer.localAddress());
            for (int i = 0; i < 200; i++) {
                CountDownLatch called = new CountDownLatch(1);
                near.incoming().subscribe().onReady(called::countDown);
                sendAll(far.outgoing(), datagram("x"));
                sendAll(near.outgoing(), datagram("")); // races with the waiting thread
                assertTrue(called.await(LONG.toSeconds(), TimeUnit.SECONDS));
                assertEquals(List.of("x"), receive(near.incoming(), 1));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void S8_pendingErrorIsReportedAndTheEmptyDatagramNotSent(IpAddressFamily family) throws Exception {
        try (Loopback loopback = new Loopback(family);
                UdpSocket sender = loopback.bound()) {
            InetSocketAddress to = loopback.closedPort();
            DatagramStreams out = sender.stream(to);
            sendAll(out.outgoing(), datagram("lost"));
            await(out.incoming().subscribe()); // for the ICMP error
            UdpSocket late = loopback.provider.createSocket(family);
            late.bind(to);
            DatagramStreams in = late.stream(null);
            SocketErrorException e = assertThrows(SocketErrorException.class, () -> send(out.outgoing(), datagram("")));
            assertEquals(ErrorCode.CONNECTION_REFUSED, e.errorCode());
            sendAll(out.outgoing(), datagram("after"), datagram(""));
            assertEquals(List.of("after", ""), receive(in.incoming(), 2));
        }
    }

    @ParameterizedTest
    @EnumSource
    void U8_oneThreadReceivesWhileAnotherSendsEmptyDatagrams(IpAddressFamily family) throws Exception {
        int count = 2000;
        try (Loopback loopback = new Loopback(family)) {
            UdpSocket peer = loopback.bound();
            UdpSocket socket = loopback.bound();
            DatagramStreams far = peer.stream(socket.localAddress());
            DatagramStreams near = socket.stream(peer.localAddress());
            List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
            Thread empties = new Thread(() -> {
                try {
                    for (int i = 0; i < count; i++) {
                        sendAll(near.outgoing(), datagram(""));
                        assertEquals(List.of(""), receive(far.incoming(), 1));
                    }
                } catch (Throwable e) {
                    failures.add(e);
                }
            });
            empties.start();
            int last = -1;
            for (int i = 0; i < count && failures.isEmpty(); i++) {
                sendAll(far.outgoing(), datagram(Integer.toString(i)));
                // What arrives while the channel has no peer may be lost (LOSSLESS_CONNECT), but nothing is doubled,
                // and loopback keeps the order.
                near.incoming().subscribe().block(Duration.ofMillis(1));
                for (IncomingDatagram datagram : near.incoming().receive(100)) {
                    int number = Integer.parseInt(
                            StandardCharsets.UTF_8.decode(datagram.data()).toString());
                    assertTrue(number > last, number + " after " + last);
                    last = number;
                }
            }
            empties.join(LONG.toMillis());
            assertEquals(List.of(), failures);
            assertTrue(last > count / 2, "most arrive, the last being " + last);
        }
    }
}
