// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IncomingDatagram;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.osgi.util.tracker.ServiceTracker;

/**
 * A sender, a receiver and a creator of sockets that use one provider while it comes and goes, and know exactly what went.
 * The sender numbers its datagrams; one that was not counted as sent is sent again, with the next socket. So a socket of the
 * JDK's has to receive every number once, in order. The only error that any of them may meet is invalid-state.
 */
final class Traffic {
    /** How many datagrams are under way at most, so that the receiving socket's buffer loses none. */
    private static final int WINDOW = 64;

    private static final int LOT = 8;

    private final IpAddressFamily family;
    private final ServiceTracker<UdpSocketProvider, UdpSocketProvider> tracker;
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private final DatagramSocket jdk;
    private final Semaphore window = new Semaphore(WINDOW);
    private volatile InetSocketAddress receiver;

    /** Where its numbered datagrams come from. */
    private volatile InetSocketAddress feeding;

    private volatile boolean ending;

    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong arrived = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong created = new AtomicLong();

    Traffic(ServiceTracker<UdpSocketProvider, UdpSocketProvider> tracker, IpAddressFamily family) throws Exception {
        this.tracker = tracker;
        this.family = family;
        this.jdk = new DatagramSocket(new InetSocketAddress(Exchange.loopback(family), 0));
    }

    private interface Task {
        void run() throws Exception;
    }

    private interface Use {
        void of(UdpSocket socket) throws Exception;
    }

    void start() {
        start("sender", () -> withSockets(this::send));
        start("receiver", () -> withSockets(this::receive));
        start("creator", this::create);
        start("arrivals", this::countArrivals);
        start("feeder", this::feed);
    }

    private void start(String name, Task task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (Throwable thrown) {
                        failures.add(thrown);
                    }
                },
                name);
        threads.add(thread);
        thread.start();
    }

    private UdpSocketProvider provider() throws InterruptedException {
        return tracker.waitForService(100);
    }

    /** Uses one socket after the other, each until its provider ends. */
    private void withSockets(Use use) throws Exception {
        while (!ending) {
            UdpSocketProvider provider = provider();
            if (provider != null) {
                try (UdpSocket socket = Exchange.bound(provider, family)) {
                    use.of(socket);
                } catch (SocketErrorException e) {
                    requireInvalidState(e);
                }
            }
        }
    }

    private static void requireInvalidState(SocketErrorException e) throws SocketErrorException {
        if (e.errorCode() != ErrorCode.INVALID_STATE) {
            throw e;
        }
    }

    private void send(UdpSocket socket) throws Exception {
        OutgoingDatagramStream out =
                socket.stream((InetSocketAddress) jdk.getLocalSocketAddress()).outgoing();
        long before = sent.get();
        try {
            while (!ending) {
                if (out.checkSend() == 0) {
                    out.subscribe().block();
                } else if (window.tryAcquire(LOT, 100, TimeUnit.MILLISECONDS)) {
                    int went = 0;
                    try {
                        went = out.send(lot(sent.get()));
                    } finally {
                        sent.addAndGet(went);
                        window.release(LOT - went);
                    }
                }
            }
        } finally {
            assertEquals(sent.get() - before, socket.statistics().datagramsSent());
        }
    }

    private static List<OutgoingDatagram> lot(long first) {
        List<OutgoingDatagram> lot = new ArrayList<>();
        for (int i = 0; i < LOT; i++) {
            lot.add(new OutgoingDatagram(ByteBuffer.allocate(Long.BYTES).putLong(0, first + i)));
        }
        return lot;
    }

    private void countArrivals() throws Exception {
        DatagramPacket packet = new DatagramPacket(new byte[Long.BYTES + 1], Long.BYTES + 1);
        try {
            while (true) {
                jdk.receive(packet);
                assertEquals(Long.BYTES, packet.getLength());
                assertEquals(arrived.get(), ByteBuffer.wrap(packet.getData()).getLong());
                arrived.incrementAndGet();
                window.release();
            }
        } catch (SocketException closed) { // by end()
        }
    }

    private void receive(UdpSocket socket) throws Exception {
        DatagramStreams streams = socket.stream(null);
        receiver = socket.localAddress();
        long last = -1;
        long before = received.get();
        try {
            while (!ending) {
                streams.incoming().subscribe().block();
                for (IncomingDatagram datagram : streams.incoming().receive(LOT)) {
                    received.incrementAndGet();
                    if (datagram.remoteAddress().equals(feeding)) { // the port may have been another traffic's before
                        long number = datagram.data().getLong();
                        assertTrue(number > last, number + " after " + last);
                        last = number;
                    }
                }
            }
        } finally {
            assertEquals(received.get() - before, socket.statistics().datagramsReceived());
        }
    }

    /** Numbered datagrams for whatever socket is the receiver's now. */
    private void feed() throws Exception {
        ByteBuffer number = ByteBuffer.allocate(Long.BYTES);
        try (DatagramSocket feeder = new DatagramSocket(new InetSocketAddress(Exchange.loopback(family), 0))) {
            feeding = (InetSocketAddress) feeder.getLocalSocketAddress();
            for (long next = 0; !ending; next++) {
                InetSocketAddress to = receiver;
                if (to != null) {
                    number.putLong(0, next);
                    feeder.send(new DatagramPacket(number.array(), Long.BYTES, to));
                }
                LockSupport.parkNanos(200_000);
            }
        }
    }

    private void create() throws Exception {
        while (!ending) {
            UdpSocketProvider provider = provider();
            if (provider != null) {
                try {
                    UdpSocket socket = Exchange.bound(provider, family);
                    socket.stream(null);
                    if (created.incrementAndGet() % 4 != 0) { // every fourth is dropped
                        socket.close();
                    }
                } catch (SocketErrorException e) {
                    requireInvalidState(e);
                }
            }
        }
    }

    /** Its provider has stopped for good, so nothing waits for a socket any more. */
    void end() throws Exception {
        ending = true;
        for (Thread thread : threads) {
            if (!thread.getName().equals("arrivals")) {
                thread.join(OsgiTest.PATIENCE.toMillis());
                assertEquals(Thread.State.TERMINATED, thread.getState(), thread.getName());
            }
        }
        window.tryAcquire(WINDOW, OsgiTest.PATIENCE.toSeconds(), TimeUnit.SECONDS); // until all have arrived
        jdk.close();
        for (Thread thread : threads) {
            thread.join();
        }
        for (Throwable failure : failures) {
            throw new AssertionError("a thread of the traffic failed", failure);
        }
        assertEquals(sent.get(), arrived.get());
        assertTrue(sent.get() > 0 && received.get() > 0 && created.get() > 0, this::toString);
    }

    @Override
    public String toString() {
        return sent + " sent, " + received + " received, " + created + " sockets created";
    }
}
