// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** A C program that lives as long as the run and does what it is told to. See {@code reference.c}. */
final class Reference implements AutoCloseable {
    private final Process process;
    private final Writer commands;
    private final BufferedReader answers;

    Reference(List<String> command) throws IOException {
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        commands = process.outputWriter();
        answers = process.inputReader();
    }

    /** Opens a sender of a kind: {@code loop}, {@code copy}, {@code contiguous} or {@code gather}. */
    Contender sender(String kind, Load load) throws IOException {
        return contender(opened("open " + kind + " " + load.forReference()), "run", "close");
    }

    /** Opens a receiver of a kind: {@code recv}, {@code recvmmsg} or {@code gro}. On loopback it supplies itself. */
    Contender receiver(String kind, Load load, Reference far) throws Exception {
        boolean ownSupply = !load.place().link;
        String opening = "receive %s %s %d %d %d %s"
                .formatted(
                        kind,
                        load.receiverHost().getHostAddress(),
                        load.connected() ? 1 : 0,
                        load.list(),
                        load.size(0),
                        !ownSupply ? "none" : load.place().trips ? "trip" : "single");
        String answer = opened(opening);
        String id = answer.split(" ")[0];
        if (ownSupply) {
            return contender(id, "receiving", "closed");
        }
        int port = Integer.parseInt(answer.split(" ")[1]);
        return new Arrivals(new FarSupplied(id, new InetSocketAddress(load.receiverHost(), port)), load, far);
    }

    /** Opens what sends to a receiver from here. */
    Supply supply(Load load, InetSocketAddress receiver) throws IOException {
        String id = opened("open %s 1 %d %s %d"
                .formatted(load.place().trips ? "contiguous" : "loop", load.list(), text(receiver), load.size(0)));
        return new Supply() {
            @Override
            public InetSocketAddress source() throws IOException {
                return new InetSocketAddress(Destinations.FAR, Integer.parseInt(opened("port " + id)));
            }

            @Override
            public void send(int datagrams) throws IOException {
                ask("round " + id + " " + datagrams);
            }

            @Override
            public void close() throws IOException {
                ask("close " + id);
            }
        };
    }

    /** Opens what sends datagrams to an echo and waits for each, in blocking calls. */
    RoundTrips roundTrips(InetSocketAddress echo) throws IOException {
        ask("open-ping " + text(echo));
        return new RoundTrips() {
            @Override
            public long[] run(int count) throws IOException {
                return numbers(ask("ping " + count)).toArray();
            }

            @Override
            public void close() throws IOException {
                ask("close-ping");
            }
        };
    }

    private Contender contender(String id, String run, String close) {
        return new Contender() {
            @Override
            public Slice run(long nanos) throws IOException {
                return slice(ask(run + " " + id + " " + nanos));
            }

            @Override
            public void close() throws IOException {
                ask(close + " " + id);
            }
        };
    }

    /** A receiver whose datagrams come over the link. */
    private final class FarSupplied implements Receiver {
        private final String id;
        private final InetSocketAddress address;

        FarSupplied(String id, InetSocketAddress address) {
            this.id = id;
            this.address = address;
        }

        @Override
        public InetSocketAddress address() {
            return address;
        }

        @Override
        public void connect(InetSocketAddress source) throws IOException {
            ask("peer " + id + " " + text(source));
        }

        @Override
        public long take(int datagrams) throws IOException {
            return slice(ask("take " + id + " " + datagrams)).nanos();
        }

        @Override
        public void close() throws IOException {
            ask("closed " + id);
        }
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private static Slice slice(String answer) {
        long[] numbers = numbers(answer).toArray();
        return new Slice(numbers[0], numbers[1]);
    }

    private static LongStream numbers(String answer) {
        return Stream.of(answer.split(" ")).mapToLong(Long::parseLong);
    }

    /** What stands behind "ok". */
    private String opened(String command) throws IOException {
        return ask(command).substring("ok ".length());
    }

    private String ask(String command) throws IOException {
        commands.write(command + "\n");
        commands.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("the C reference ended at: " + command);
        }
        return answer;
    }

    @Override
    public void close() throws IOException {
        commands.close();
        process.destroy();
    }
}
