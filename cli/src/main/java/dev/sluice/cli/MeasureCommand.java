// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures a path between two of these commands. */
@Command(
        name = "measure",
        description = "Measures the path to another 'sluice measure': rate, loss, reordering, jitter and latency.",
        footerHeading = "%n",
        footer = {
            "One side is the server, with --bind; the other, with --to, sends numbered datagrams,"
                    + " and prints each interval as the server's counters tell it. It begins only when"
                    + " the server has answered.",
            "",
            "Mbit/s counts the payloads that arrived. A datagram is lost if it never arrives,"
                    + " reordered if one that was sent later came first. Jitter, in milliseconds, is"
                    + " RFC 3550's. rtt is the round trip in milliseconds, the median and what 99 % stay"
                    + " within, of up to 1000 datagrams a second whose first 32 bytes the server sends"
                    + " back: it needs no clocks that agree, and includes the wait in both processes. At a"
                    + " rate that fills the buffers it measures these.",
            "",
            "Exit status: 0 when it has measured, whatever it found; 1 if no server answers, 2 for"
                    + " wrong usage, 128 + the signal's number after a signal.",
            "",
            "Examples:",
            "  sluice measure --bind '*:9000'",
            "  sluice measure --to 192.168.1.7:9000 --rate 20000 --size 1200 --for 10",
            "  sluice measure --to '[::1]:9000' --rate 0 --json"
        })
final class MeasureCommand implements Callable<Integer> {
    private static final double USUAL_SECONDS = 10;
    private static final long RECEIVE_BUFFER = 4 << 20;

    private final Stdio io;

    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Side side;

    /** One of them. */
    private static final class Side {
        @Option(
                names = "--bind",
                paramLabel = "HOST:PORT",
                description = "Be the server there; '*' is every interface.")
        private List<HostPort> bind;

        @Option(names = "--to", paramLabel = "HOST:PORT", description = "Be the client of the server there.")
        private HostPort to;
    }

    @Mixin
    private FamilyOption family;

    @Mixin
    private ProviderOption provider;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Datagrams per second (1000 if not given); 0: as fast as they go.")
    private double rate;

    @Option(
            names = "--size",
            paramLabel = "BYTES",
            defaultValue = "1200",
            description = "The payload of each (1200 if not given), at least 32.")
    private int size;

    @Option(
            names = "--for",
            paramLabel = "SECONDS",
            description = "How long: 10 if not given; as the server, until a signal.")
    private Seconds seconds;

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            defaultValue = "1",
            description = "How long each interval is (1 if not given).")
    private Seconds interval;

    @Option(names = "--json", description = "Print a JSON object per line, and the summary as the last one.")
    private boolean json;

    @Mixin
    private SendOptions options;

    MeasureCommand(Stdio io) {
        this.io = io;
    }

    @Override
    public Integer call() throws Failure, SocketErrorException, InterruptedException {
        require(rate >= 0, "Invalid value for option '--rate': " + rate + " is below 0");
        for (String problem :
                Arrays.asList(Seconds.problem("--interval", interval), Seconds.problem("--for", seconds))) {
            require(problem == null, problem);
        }
        require(
                size >= MeasureMessage.HEADER,
                "Invalid value for option '--size': " + size + " is below " + MeasureMessage.HEADER);
        require(options.problem() == null, options.problem());
        return side.to == null ? serve() : measure();
    }

    private int serve() throws Failure, SocketErrorException, InterruptedException {
        UdpSocketProvider chosen = provider.choose();
        List<HostPort> names = side.bind.stream().map(family::restrict).toList();
        try (Listening listening = new Listening(chosen, names)) {
            for (UdpSocket socket : listening.sockets()) {
                options.buffers().set(socket, RECEIVE_BUFFER);
            }
            MeasureServer server = new MeasureServer(listening.sockets());
            io.err().println("measuring on " + listening.addresses() + " through " + chosen.name());
            try (SignalAction onSignal = new SignalAction(signal -> end(listening::close, signal))) {
                server.run(seconds == null ? Long.MAX_VALUE : seconds.nanos());
                io.err().println(server.summary());
                return onSignal.hasBegun() ? 1 : 0;
            }
        }
    }

    private int measure() throws Failure, SocketErrorException, InterruptedException {
        require(side.to.port() != 0, "Invalid value for option '--to': there is no port 0 to send to");
        UdpSocketProvider chosen = provider.choose();
        InetSocketAddress remote = family.restrict(side.to).resolve().get(0);
        int most = HostPort.family(remote).maxDatagramSize();
        require(size <= most, "Invalid value for option '--size': " + size + " is above " + most);
        try (UdpSocket socket = open(chosen, remote)) {
            PrintWriter out = spec.commandLine().getOut();
            MeasureClient client = new MeasureClient(
                    socket.stream(remote), size, rate == 0 ? Double.POSITIVE_INFINITY : rate, each -> {
                        out.println(json ? each.json("interval", "") : each.text());
                    });
            return measure(client, remote, chosen.name());
        }
    }

    private int measure(MeasureClient client, InetSocketAddress remote, String name)
            throws Failure, SocketErrorException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        try (SignalAction onSignal = new SignalAction(signal -> end(client::stop, signal))) {
            if (!client.isAnswered()) {
                throw new Failure("no 'sluice measure --bind' answers at " + HostPort.text(remote)
                        + (client.errors().isEmpty() ? "" : " (" + text(client.errors()) + ")"));
            }
            if (!json) {
                out.println("measuring the path to " + HostPort.text(remote) + " through " + name);
                out.println(MeasureInterval.HEADER);
            }
            MeasureInterval all = client.run(seconds == null ? USUAL_SECONDS : seconds.value(), interval.value());
            if (all == null) {
                throw new Failure(HostPort.text(remote) + " no longer answers");
            }
            report(out, all, client, remote, name);
            return onSignal.hasBegun() ? 1 : 0;
        }
    }

    private static void end(Runnable stop, SignalAction signal) {
        stop.run();
        signal.awaitClose();
    }

    private UdpSocket open(UdpSocketProvider chosen, InetSocketAddress remote) throws Failure, SocketErrorException {
        try {
            UdpSocket socket = chosen.open(options.source(remote));
            options.set(socket, remote);
            return socket;
        } catch (SocketErrorException e) {
            throw new Failure(Explanations.ofSending(e, 1, remote));
        }
    }

    private void report(
            PrintWriter out, MeasureInterval all, MeasureClient client, InetSocketAddress remote, String name) {
        if (json) {
            String errors = client.errors().entrySet().stream()
                    .map(error -> "\"" + error.getKey().witName() + "\":" + error.getValue())
                    .collect(Collectors.joining(",", "{", "}"));
            out.println(all.json(
                    "summary",
                    ",\"droppedByKernel\":" + (client.droppedByKernel() < 0 ? "null" : client.droppedByKernel())
                            + ",\"errors\":" + errors + ",\"remote\":\"" + HostPort.text(remote) + "\",\"provider\":\""
                            + name + "\""));
            return;
        }
        out.println("in all");
        out.println(all.text());
        double percent = all.sent() == 0 ? 0 : 100.0 * all.lost() / all.sent();
        out.println(String.format(
                Locale.ROOT,
                "lost %d of %d (%.2f %%)%nthe server's kernel dropped %s; errors: %s",
                all.lost(),
                all.sent(),
                percent,
                client.droppedByKernel() < 0 ? "an unknown number" : client.droppedByKernel(),
                client.errors().isEmpty() ? "none" : text(client.errors())));
    }

    private static String text(Map<ErrorCode, Long> errors) {
        return errors.entrySet().stream()
                .map(error -> error.getKey().witName() + " " + error.getValue())
                .collect(Collectors.joining(", "));
    }

    private void require(boolean condition, String problem) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), problem);
        }
    }
}
