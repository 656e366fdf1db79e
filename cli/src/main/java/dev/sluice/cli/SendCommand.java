package dev.sluice.cli;

import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.UdpSocketProvider;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends a file or standard input. */
@Command(
        name = "send",
        description = "Sends a file or standard input: each line, or each SIZE bytes, as one datagram.",
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
            "Exit status: 0 if everything was sent and no error came back, 1 otherwise, 2 for"
                    + " wrong usage, 128 + the signal's number after a signal.",
            "",
            "Examples:",
            "  sluice send --to localhost:9000 README.md",
            "  echo hello | sluice send --to '[::1]:9000'",
            "  sluice send --to 127.0.0.1:9000 --datagram 1200 --rate 1000 photo.jpg",
            "  echo who | sluice send --to 192.168.1.255:9000 --broadcast --unconnected"
        })
final class SendCommand implements Callable<Integer> {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Stdio io;

    @Spec
    private CommandSpec spec;

    @Option(names = "--to", required = true, paramLabel = "HOST:PORT", description = "Where to send to.")
    private HostPort to;

    @Mixin
    private ProviderOption provider;

    @Mixin
    private SendOptions options;

    @Option(
            names = "--unconnected",
            description = "Without a peer: each datagram carries the address, and ICMP errors go unnoticed.")
    private boolean unconnected;

    @Option(
            names = "--datagram",
            paramLabel = "lines|SIZE",
            defaultValue = "lines",
            description = "What becomes a datagram: a line (the default), or so many bytes.")
    private Framing framing;

    @Option(names = "--rate", paramLabel = "N", description = "At most N datagrams per second.")
    private Integer rate;

    @Option(
            names = "--resolve",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "Resolve a name again every so many seconds (30 if not given); 0: never.")
    private double resolve;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = "-",
            description = "What to send; '-' (the default) is standard input.")
    private String file;

    SendCommand(Stdio io) {
        this.io = io;
    }

    @Override
    public Integer call() throws Failure, IOException, InterruptedException {
        require(to.port() != 0, "Invalid value for option '--to': there is no port 0 to send to");
        require(rate == null || rate > 0, "Invalid value for option '--rate': " + rate + " is not a number above 0");
        require(resolve >= 0, "Invalid value for option '--resolve': " + resolve + " is below 0");
        String problem = options.problem();
        require(problem == null, problem);
        UdpSocketProvider chosen = provider.choose();
        Duration interval = Duration.ofNanos((long) (resolve * NANOS_PER_SECOND));
        try (InputStream in = open();
                NameResolver resolver = new NameResolver(to, interval);
                Destination destination = new Destination(chosen, options, resolver, !unconnected, io::complain)) {
            requireSize(HostPort.family(destination.address()));
            return new SendRun(io, chosen.name(), destination).run(framing.of(in), throttle());
        }
    }

    private void requireSize(IpAddressFamily family) {
        String name = family == IpAddressFamily.IPV4 ? "IPv4" : "IPv6";
        int most = family.maxDatagramSize();
        require(
                framing.size() <= most,
                "Invalid value for option '--datagram': over " + name + " it is at most " + most);
    }

    private Throttle throttle() {
        Throttle throttle = rate == null ? Throttle.NONE : new RateLimiter(rate, RateLimiter.Clock.SYSTEM);
        boolean isTyped = io.typed() && file.equals("-");
        return isTyped ? throttle : new SendProgress(io, throttle); // which would be in the way of the next line
    }

    private void require(boolean condition, String problem) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), problem);
        }
    }

    private InputStream open() throws Failure {
        if (file.equals("-")) {
            return io.in();
        }
        try {
            return new FileInputStream(file);
        } catch (FileNotFoundException e) {
            throw new Failure("cannot read " + e.getMessage());
        }
    }
}
