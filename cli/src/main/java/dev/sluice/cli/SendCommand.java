// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.udp.UdpSocketProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Sends a file or standard input. */
@Command(
        name = "send",
        description = "Sends a file, standard input or a text: each line, or each SIZE bytes, as one datagram.",
        footerHeading = "%n",
        footer = {
            "A line is sent without its newline; an empty line is an empty datagram. Input"
                    + " is sent as it comes in. While the kernel's buffer is full, it waits. After an"
                    + " error it goes on: a datagram that failed was not transmitted, and is tried"
                    + " again a few times. The summary on standard error counts what the kernel took,"
                    + " and the errors; a signal (Ctrl-C) doesn't suppress it.",
            "",
            "The addresses of a name are tried in the system's order (RFC 6724). One is"
                    + " passed over if its host refuses the first datagram within 0.25 s or if no route"
                    + " leads there; with --unconnected only if no socket can be opened for it. When the"
                    + " name no longer has the address in use, the rest leaves from a new socket."
                    + " Where an address translator (NAT, a load balancer) still leads to a target that"
                    + " has gone, only a new socket heals it, since it has a new port: the translator's"
                    + " entry lives as long as datagrams flow. Where no name changes, start again.",
            "",
            "Exit status: 0 if everything was sent, no error came back and, with --wait, an answer"
                    + " did; 1 otherwise, 2 for wrong usage, 128 + the signal's number after a signal.",
            "",
            "Examples:",
            "  sluice send --to localhost:9000 README.md",
            "  echo hello | sluice send --to '[::1]:9000'",
            "  sluice send --to 127.0.0.1:9000 --datagram 1200 --rate 1000 photo.jpg",
            "  sluice send --to 127.0.0.1:9000 --text ping --repeat 5 --interval 1 --wait 2",
            "  sluice send --to 192.168.1.255:9000 --broadcast --unconnected --text who --wait 2"
        })
final class SendCommand implements Callable<Integer> {
    /** What is as good as no limit: a datagram per nanosecond. */
    private static final double FASTEST = 1e9;

    private final Stdio io;

    @Spec
    private CommandSpec spec;

    @Option(names = "--to", required = true, paramLabel = "HOST:PORT", description = "Where to send to.")
    private HostPort to;

    @Mixin
    private FamilyOption family;

    @Mixin
    private ProviderOption provider;

    @Mixin
    private SendOptions options;

    @Option(
            names = "--unconnected",
            description = "Without a peer: each datagram carries the address, and ICMP errors go unnoticed.")
    private boolean unconnected;

    @Option(names = "--rate", paramLabel = "N", description = "At most N datagrams per second.")
    private Integer rate;

    @Option(
            names = "--resolve",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "Resolve a name again every so many seconds (30 if not given); 0: never.")
    private Seconds resolve;

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            description = "One datagram every so many seconds; 0.5 is possible.")
    private Seconds interval;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            description = "Print what comes back, and wait for that so many seconds after the last datagram, until"
                    + " there are as many answers as datagrams.")
    private Seconds wait;

    @Mixin
    private PrintOptions print;

    @Mixin
    private PayloadOptions payload;

    SendCommand(Stdio io) {
        this.io = io;
    }

    @Override
    public Integer call() throws Failure, IOException, InterruptedException {
        require(to.port() != 0, "Invalid value for option '--to': there is no port 0 to send to");
        require(rate == null || rate > 0, "Invalid value for option '--rate': " + rate + " is not a number above 0");
        require(rate == null || interval == null, "--rate and --interval exclude each other");
        for (String problem : Arrays.asList(
                Seconds.problem("--interval", interval), options.problem(), print.problem(), payload.problem())) {
            require(problem == null, problem);
        }
        UdpSocketProvider chosen = provider.choose();
        Answers answers = wait == null ? new Answers() : new Answers(io, print);
        try (Source source = payload.open(io);
                NameResolver resolver = new NameResolver(family.restrict(to), resolve.duration());
                Destination destination =
                        new Destination(chosen, options, resolver, !unconnected, io::complain, answers)) {
            String problem = payload.problem(HostPort.family(destination.address()));
            require(problem == null, problem);
            return new SendRun(io, chosen.name(), destination, answers, print.quiet)
                    .run(
                            source,
                            payload.isStandardInput(),
                            this::throttle,
                            wait == null ? Duration.ZERO : wait.duration());
        }
    }

    private Throttle throttle(RateLimiter.Clock clock) {
        double perSecond = rate != null ? rate : interval != null ? 1 / interval.value() : FASTEST;
        Throttle throttle = perSecond == FASTEST && payload.nanos() == Long.MAX_VALUE
                ? Throttle.NONE
                : new RateLimiter(perSecond, payload.nanos(), clock);
        boolean isTyped = io.typed() && payload.isStandardInput();
        return isTyped || print.quiet ? throttle : new SendProgress(io, throttle); // in the way of the next line
    }

    private void require(boolean condition, String problem) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), problem);
        }
    }
}
