// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.launch;

import dev.sluice.udp.IncomingDatagramStream;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSockets;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Run in a JVM of its own, with a small heap: fills it, lets a datagram arrive for a thread that waits, and receives it. Prints
 * how many threads were woken and how many datagrams were kept.
 */
final class HungryMain {
    private static final int ROUNDS = 12;
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 0);

    /** What fills the heap: a list through the arrays themselves. */
    private static Object[] hoard;

    private HungryMain() {}

    public static void main(String[] args) throws Exception {
        int woken = 0;
        int kept = 0;
        ByteBuffer payload = ByteBuffer.allocateDirect(100);
        try (UdpSocket socket = UdpSockets.provider().createSocket(IpAddressFamily.IPV4);
                DatagramChannel sender = DatagramChannel.open()) {
            socket.bind(LOOPBACK);
            sender.connect(socket.localAddress());
            IncomingDatagramStream in = socket.stream(null).incoming();
            sender.write(payload.clear());
            in.subscribe().block();
            in.receive(1); // its classes are loaded
            for (int round = 0; round < ROUNDS; round++) {
                CountDownLatch returned = new CountDownLatch(1);
                Thread waiter = new Thread(() -> waitFor(in, returned));
                waiter.start();
                while (waiter.getState() == Thread.State.RUNNABLE || waiter.getState() == Thread.State.NEW) {
                    Thread.onSpinWait();
                }
                fill(round % 3 == 0 ? 64 : 1_024);
                send(sender, payload);
                boolean isWoken = awaited(returned);
                int received = receive(in);
                hoard = null;
                for (int i = 0; received == 0 && i < 1_000; i++) {
                    received += receive(in);
                }
                woken += isWoken ? 1 : 0;
                kept += received;
                waiter.join();
            }
        }
        System.out.println("woken " + woken + ", kept " + kept);
    }

    /** The JDK's own call may need some memory: as much as it takes is let go. */
    private static void send(DatagramChannel sender, ByteBuffer payload) throws Exception {
        while (true) {
            try {
                sender.write(payload.clear());
                return;
            } catch (OutOfMemoryError e) {
                hoard = (Object[]) hoard[0];
            }
        }
    }

    /** Allocates nothing. */
    private static boolean awaited(CountDownLatch latch) {
        long begin = System.nanoTime();
        while (latch.getCount() > 0 && System.nanoTime() - begin < MOST_NANOS) {
            Thread.yield();
        }
        return latch.getCount() == 0;
    }

    private static void waitFor(IncomingDatagramStream in, CountDownLatch returned) {
        try {
            in.subscribe().block();
        } catch (InterruptedException | OutOfMemoryError e) {
            // woken all the same, and told so
        }
        returned.countDown();
    }

    private static int receive(IncomingDatagramStream in) throws Exception {
        try {
            return in.receive(10).size();
        } catch (OutOfMemoryError e) {
            return 0;
        }
    }

    /** Fills the heap with arrays of a size, and then with smaller ones. */
    private static void fill(int size) {
        for (int length = size; length >= 2; length /= 2) {
            try {
                while (true) {
                    Object[] more = new Object[length];
                    more[0] = hoard;
                    hoard = more;
                }
            } catch (OutOfMemoryError full) {
                // on with smaller ones
            }
        }
    }
}
