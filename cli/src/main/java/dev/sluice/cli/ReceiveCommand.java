// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints what arrives. */
@Command(
        name = "receive",
        description = "Prints the datagrams that arrive: payloads on standard output, sources on standard error.",
        footerHeading = "%n",
        footer = {
            "Its first line on standard error names the address it receives on, with the"
                    + " actual port. It ends after N datagrams, after SECONDS, when the pipe that it"
                    + " writes to is closed, or by a signal (Ctrl-C).",
            "",
            "Exit status: 0, or 1 if --for ended it before --count was reached or if its"
                    + " output can't be written, 2 for wrong usage, 128 + the signal's number after a"
                    + " signal.",
            "",
            "Examples:",
            "  sluice receive --bind 0.0.0.0:9000",
            "  sluice receive --bind '[::1]:0' --count 1 --for 10",
            "  sluice receive --bind 127.0.0.1:9000 --raw --for 5 > bytes",
            "  sluice receive --bind 0.0.0.0:9000 --join 239.1.2.3@eth0",
            "  sluice receive --bind '*:9000' --echo --hex --timestamps"
        })
final class ReceiveCommand implements Callable<Integer> {
    /** What the kernel holds for us while we print; it gives less if its limit is lower. */
    private static final long RECEIVE_BUFFER = 4 << 20;

    private final Stdio io;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--bind",
            required = true,
            paramLabel = "HOST:PORT",
            description = "Where to receive; port 0 takes a free one, host 0.0.0.0 or [::] every interface, '*' both of"
                    + " them. Several are possible.")
    private List<HostPort> bind;

    @Mixin
    private FamilyOption family;

    @Mixin
    private ProviderOption provider;

    @Option(
            names = "--join",
            paramLabel = "GROUP[@INTERFACE][/SOURCE]",
            description = "Join a multicast group, on every interface if none is named, and for any source. Several"
                    + " are possible; --bind 0.0.0.0:PORT or [::]:PORT hears them.")
    private List<GroupOnInterface> groups = List.of();

    @Option(names = "--count", paramLabel = "N", description = "End after N datagrams.")
    private Long count;

    @Option(names = "--for", paramLabel = "SECONDS", description = "End after so many seconds; 0.5 is possible.")
    private Seconds seconds;

    @Option(names = "--echo", description = "Send each datagram back to where it came from.")
    private boolean echo;

    @Mixin
    private PrintOptions print;

    @Mixin
    private BufferOptions buffers;

    ReceiveCommand(Stdio io) {
        this.io = io;
    }

    @Override
    public Integer call() throws Failure, IOException, InterruptedException {
        require(count == null || count > 0, "Invalid value for option '--count': " + count + " is not above 0");
        for (String problem : Arrays.asList(Seconds.problem("--for", seconds), print.problem())) {
            require(problem == null, problem);
        }
        UdpSocketProvider chosen = provider.choose();
        try (Listening listening =
                new Listening(chosen, bind.stream().map(family::restrict).toList())) {
            for (UdpSocket socket : listening.sockets()) {
                buffers.set(socket, RECEIVE_BUFFER);
            }
            join(listening);
            tell("receiving on " + listening.addresses() + " through " + chosen.name());
            return receive(listening);
        }
    }

    /** Every socket whose family is the group's. */
    private void join(Listening listening) throws Failure {
        for (GroupOnInterface group : groups) {
            List<UdpSocket> possible = listening.sockets().stream()
                    .filter(socket -> socket.addressFamily() == group.family())
                    .toList();
            if (possible.isEmpty()) {
                throw new Failure("cannot join " + group.group().getHostAddress() + ": none of --bind is an "
                        + HostPort.name(group.family()) + " address");
            }
            for (UdpSocket socket : possible) {
                group.join(socket);
            }
        }
    }

    private int receive(Listening listening) throws Failure, IOException, InterruptedException {
        int longest = IpAddressFamily.IPV6.maxDatagramSize();
        ReceiveRun run = new ReceiveRun(listening.sockets(), new DatagramPrinter(io, print, longest), echo);
        long most = count == null ? Long.MAX_VALUE : count;
        long nanos = seconds == null ? Long.MAX_VALUE : seconds.nanos();
        try (SignalAction onSignal = new SignalAction(signal -> end(listening, signal))) {
            boolean isComplete;
            try {
                isComplete = run.run(most, nanos) || count == null;
            } finally {
                tell(run.summary());
            }
            if (!isComplete && !onSignal.hasBegun()) {
                throw new Failure("only " + run.datagrams() + " of " + count + " datagrams arrived in time");
            }
            return 0;
        }
    }

    private static void end(Listening listening, SignalAction signal) {
        listening.close(); // which wakes the thread that receives
        signal.awaitClose();
    }

    private void tell(String line) {
        if (!print.quiet) {
            io.err().println(line);
        }
    }

    private void require(boolean condition, String problem) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), problem);
        }
    }
}
