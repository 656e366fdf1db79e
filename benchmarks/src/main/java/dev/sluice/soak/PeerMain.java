// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.soak;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The other end of the links, on the JDK's channels alone: obeys commands on standard input, answers each with one line,
 * and ends with its standard input.
 */
final class PeerMain {
    private static final int SENT_AT_ONCE = 32;
    private static final long PAUSE_NANOS = 50_000;
    private static final int LONGEST_STATE_MILLIS = 60;

    private final Map<String, Port> ports = new HashMap<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(Flow.LARGEST);

    private PeerMain() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) throws IOException {
        PeerMain peer = new PeerMain();
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
        System.out.println("ready");
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            System.out.println(peer.answer(line.split(" ")));
        }
    }

    private String answer(String[] command) throws IOException {
        try {
            return obey(command);
        } catch (RuntimeException e) {
            return "problem " + String.join(" ", command) + ": " + e;
        }
    }

    /** {@code COMMAND HOST PORT …}: the address names the port that the command is about. */
    private String obey(String[] command) throws IOException {
        String host = command[1];
        int port = Integer.parseInt(command[2]);
        String name = host + " " + port;
        switch (command[0]) {
            case "open" -> ports.put(name, new Port(new InetSocketAddress(host, port)));
            case "close" -> ports.remove(name).close();
            case "take" -> {
                return ports.get(name).take(flow(command[3]), number(command[4]), number(command[5]));
            }
            case "send" -> {
                InetSocketAddress to = new InetSocketAddress(command[3], number(command[4]));
                return ports.get(name).send(to, flow(command[5]), number(command[6]), number(command[7]));
            }
            case "come-and-go" -> {
                return comeAndGo(new InetSocketAddress(host, port), flow(command[3]), number(command[4]));
            }
            default -> {
                return "problem unknown command " + command[0];
            }
        }
        return "done";
    }

    private static Flow flow(String seed) {
        return new Flow(Long.parseLong(seed));
    }

    private static int number(String text) {
        return Integer.parseInt(text);
    }

    /** A receiver that is there and not there by turns, until the time is over; it is there at the end, and closed. */
    private String comeAndGo(InetSocketAddress address, Flow flow, int millis) throws IOException {
        Random random = new Random(flow.seed());
        Arrivals arrivals = new Arrivals(flow);
        long taken = 0;
        long dropped = 0;
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        do {
            try (Port port = new Port(address)) {
                port.takeUntil(arrivals, System.nanoTime() + millis(random.nextInt(LONGEST_STATE_MILLIS)));
                taken += port.taken;
                dropped += port.drops();
            }
            LockSupport.parkNanos(millis(random.nextInt(LONGEST_STATE_MILLIS)));
        } while (System.nanoTime() < end);
        return result(taken, dropped, arrivals);
    }

    private static long millis(int millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private static String result(long taken, long dropped, Arrivals arrivals) {
        return arrivals.problem() != null
                ? "problem " + arrivals.problem()
                : "took " + taken + " " + dropped + " " + arrivals.end();
    }

    /** An open port. */
    private final class Port implements AutoCloseable {
        private final Family family;
        private final DatagramChannel channel;
        private final int number;
        private Arrivals arrivals;
        private long taken;
        private long takenBefore;
        private long droppedBefore;
        private long droppedInAll;

        Port(InetSocketAddress address) throws IOException {
            family = Family.of(address.getAddress());
            number = address.getPort();
            channel = DatagramChannel.open(family.protocol);
            channel.bind(address);
            channel.configureBlocking(false);
        }

        /**
         * Takes datagrams until, with those dropped, it is so many of the flow, or nothing has come for a while. Asked
         * again for the same flow it goes on.
         */
        String take(Flow flow, int count, int patienceMillis) throws IOException {
            if (arrivals == null || !arrivals.isOf(flow)) {
                arrivals = new Arrivals(flow);
                takenBefore = taken;
                droppedBefore = droppedInAll; // and not what it is by now: the sender may have begun
            }
            long patience = millis(patienceMillis);
            long last = System.nanoTime();
            while (taken - takenBefore < count) {
                if (takeOne(arrivals)) {
                    last = System.nanoTime();
                } else {
                    if (taken - takenBefore + drops() - droppedBefore >= count || System.nanoTime() - last > patience) {
                        break;
                    }
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
            droppedInAll = drops();
            return result(taken - takenBefore, droppedInAll - droppedBefore, arrivals);
        }

        void takeUntil(Arrivals arrivals, long end) throws IOException {
            boolean some = true;
            while (some || System.nanoTime() < end) {
                some = takeOne(arrivals);
                if (!some) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        }

        private boolean takeOne(Arrivals arrivals) throws IOException {
            buffer.clear();
            if (channel.receive(buffer) == null) {
                return false;
            }
            arrivals.add(buffer.flip());
            taken++;
            return true;
        }

        long drops() {
            return KernelCounters.drops(SoakWorld.OWN_NET, family, number);
        }

        String send(InetSocketAddress to, Flow flow, int first, int count) throws IOException {
            for (int i = first; i < first + count; ) {
                buffer.clear();
                flow.write(i, buffer);
                if (channel.send(buffer.flip(), to) > 0) {
                    i++;
                    if (i % SENT_AT_ONCE == 0) {
                        LockSupport.parkNanos(PAUSE_NANOS);
                    }
                } else {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
            return "sent " + count;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
