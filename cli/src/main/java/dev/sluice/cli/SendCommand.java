package dev.sluice.cli;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.IncomingDatagramStream;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
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
            "A line is sent without its newline; an empty line is an empty datagram. Input",
            "is sent as it comes in. While the kernel's buffer is full, it waits. After an",
            "error it goes on: a datagram that failed was not transmitted, and is tried",
            "again a few times. The summary on standard error counts what the kernel took,",
            "and the errors.",
            "",
            "Exit status: 0 if everything was sent and no error came back, 1 otherwise,",
            "2 for wrong usage.",
            "",
            "Examples:",
            "  sluice send --to localhost:9000 README.md",
            "  echo hello | sluice send --to '[::1]:9000'",
            "  sluice send --to 127.0.0.1:9000 --datagram 1200 --rate 1000 photo.jpg"
        })
final class SendCommand implements Callable<Integer> {
    /** How long an ICMP answer to the last datagrams is waited for. On loopback it is there before send returns. */
    private static final Duration LINGER = Duration.ofMillis(200);

    /** No more answers than this are taken from the peer while looking for its errors. */
    private static final int MOST_ANSWERS = 1024;

    private static final double NANOS_PER_SECOND = 1e9;

    private final Stdio io;

    @Spec
    private CommandSpec spec;

    @Option(names = "--to", required = true, paramLabel = "HOST:PORT", description = "Where to send to.")
    private HostPort to;

    @Mixin
    private ProviderOption provider;

    @Option(
            names = "--unconnected",
            description = "Without a peer: each datagram carries the address, and ICMP errors go unnoticed.")
    private boolean unconnected;

    @Option(
            names = "--datagram",
            paramLabel = "lines|SIZE",
            defaultValue = "lines",
            description = "What becomes a datagram: a line (the default), or so many bytes.")
    private Cut cut;

    @Option(names = "--rate", paramLabel = "N", description = "At most N datagrams per second.")
    private Integer rate;

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
        UdpSocketProvider chosen = provider.choose();
        InetSocketAddress remote = to.resolve();
        IpAddressFamily family = HostPort.family(remote);
        int most = family.maxDatagramSize();
        require(
                cut.size() <= most,
                "Invalid value for option '--datagram': over " + (family == IpAddressFamily.IPV4 ? "IPv4" : "IPv6")
                        + " it is at most " + most);
        try (InputStream in = open();
                UdpSocket socket = chosen.createSocket(family)) {
            return send(in, socket, remote, chosen.name());
        }
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

    private int send(InputStream in, UdpSocket socket, InetSocketAddress remote, String name)
            throws Failure, IOException, InterruptedException {
        String destination = HostPort.text(remote);
        SendTally tally = new SendTally((number, error) -> io.complain(explain(error, number, destination)));
        boolean isIpv4 = socket.addressFamily() == IpAddressFamily.IPV4;
        socket.bind(new InetSocketAddress(isIpv4 ? "0.0.0.0" : "::", 0));
        DatagramStreams streams = stream(socket, unconnected ? null : remote);
        Throttle throttle = rate == null ? Throttle.NONE : new Pace(rate, Pace.Clock.SYSTEM);
        Sender sender = new Sender(streams.outgoing(), unconnected ? remote : null, throttle, tally);
        long start = System.nanoTime();
        try {
            sender.send(cut.of(in));
        } finally {
            double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
            if (!unconnected) {
                collectErrors(streams.incoming(), remote.getAddress().isLoopbackAddress(), tally);
            }
            io.err()
                    .println(String.format(
                            Locale.ROOT,
                            "sent %d of %d datagrams, %d bytes, to %s through %s in %.3f s; errors: %s",
                            tally.datagrams(),
                            tally.attempted(),
                            tally.bytes(),
                            destination,
                            name,
                            seconds,
                            tally.errors()));
        }
        return tally.isClean() ? 0 : 1;
    }

    private static DatagramStreams stream(UdpSocket socket, InetSocketAddress peer) throws Failure {
        try {
            return socket.stream(peer);
        } catch (SocketErrorException e) {
            throw new Failure(explain(e, 1, HostPort.text(peer)));
        }
    }

    /** An error that came back after the last send is met by a receive (S8). What the peer answers is of no interest. */
    private static void collectErrors(IncomingDatagramStream in, boolean isLocal, SendTally tally)
            throws InterruptedException {
        long end = System.nanoTime() + (isLocal ? 0 : LINGER.toNanos());
        for (int answers = 0; answers < MOST_ANSWERS; answers++) {
            try {
                if (in.receive(1).isEmpty() && !in.subscribe().block(Duration.ofNanos(end - System.nanoTime()))) {
                    return;
                }
            } catch (SocketErrorException e) {
                tally.error(e);
                return;
            }
        }
    }

    private static String explain(SocketErrorException error, long number, String destination) {
        String what = error.errorCode().witName() + ": ";
        return switch (error.errorCode()) {
            case CONNECTION_REFUSED -> what + "nobody listens on " + destination;
            case REMOTE_UNREACHABLE -> what + "no way leads to " + destination;
            case DATAGRAM_TOO_LARGE ->
                what + "datagram " + number + " is larger than the way to " + destination + " takes";
            case ACCESS_DENIED -> what + "the system forbids sending to " + destination;
            default -> what + "datagram " + number + ": " + error.getMessage();
        };
    }
}
