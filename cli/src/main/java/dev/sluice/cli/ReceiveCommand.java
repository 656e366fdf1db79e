package dev.sluice.cli;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IncomingDatagramStream;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
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
            "  sluice receive --bind 0.0.0.0:9000 --join 239.1.2.3@eth0"
        })
final class ReceiveCommand implements Callable<Integer> {
    /** What the kernel holds for us while we print; it gives less if its limit is lower. */
    private static final long RECEIVE_BUFFER = 4 << 20;

    private static final int MOST_AT_ONCE = 64;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Stdio io;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--bind",
            required = true,
            paramLabel = "HOST:PORT",
            description = "Where to receive; port 0 takes a free one, host 0.0.0.0 or [::] every interface.")
    private HostPort bind;

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
    private Double seconds;

    @Option(names = "--raw", description = "Print nothing but the payloads: no newline after each.")
    private boolean raw;

    private long datagrams;
    private long bytes;

    ReceiveCommand(Stdio io) {
        this.io = io;
    }

    @Override
    public Integer call() throws Failure, IOException, InterruptedException {
        require(count == null || count > 0, "Invalid value for option '--count': " + count + " is not above 0");
        require(seconds == null || seconds > 0, "Invalid value for option '--for': " + seconds + " is not above 0");
        UdpSocketProvider chosen = provider.choose();
        try (UdpSocket socket = open(chosen)) {
            socket.setReceiveBufferSize(RECEIVE_BUFFER);
            for (GroupOnInterface group : groups) {
                group.join(socket);
            }
            IncomingDatagramStream in = socket.stream(null).incoming();
            io.err().println("receiving on " + HostPort.text(socket.localAddress()) + " through " + chosen.name());
            try (SignalAction onSignal = new SignalAction(signal -> end(socket, signal))) {
                boolean isComplete;
                try {
                    isComplete = receive(in, socket.addressFamily().maxDatagramSize());
                } finally {
                    io.err()
                            .println("received " + datagrams + (datagrams == 1 ? " datagram, " : " datagrams, ") + bytes
                                    + " bytes" + dropped(socket));
                }
                if (!isComplete && !onSignal.hasBegun()) {
                    throw new Failure("only " + datagrams + " of " + count + " datagrams arrived in time");
                }
                return 0;
            }
        }
    }

    /** What the kernel dropped, if it did and tells. */
    private static String dropped(UdpSocket socket) {
        OptionalLong dropped = socket.statistics().droppedByKernel();
        return dropped.orElse(0) == 0 ? "" : "; the kernel dropped " + dropped.getAsLong() + " for want of buffer";
    }

    /** Bound to the first address of the name for which that is possible. */
    private UdpSocket open(UdpSocketProvider chosen) throws Failure {
        String problem = null;
        for (InetSocketAddress local : bind.resolve()) {
            if (local.getAddress().isMulticastAddress()) {
                throw new Failure(HostPort.text(local) + " is a multicast group: --bind an address of this machine,"
                        + " or 0.0.0.0 or [::], and --join the group");
            }
            try {
                return chosen.open(local);
            } catch (SocketErrorException e) {
                problem = problem == null ? Explanations.ofReceiving(e, local) : problem;
            }
        }
        throw new Failure(problem);
    }

    private static void end(UdpSocket socket, SignalAction signal) {
        socket.close(); // which wakes the thread that receives
        signal.awaitClose();
    }

    private void require(boolean condition, String problem) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), problem);
        }
    }

    /** Says whether as many arrived as were asked for. */
    private boolean receive(IncomingDatagramStream in, int maxSize) throws IOException, InterruptedException {
        long most = count == null ? Long.MAX_VALUE : count;
        long end = seconds == null ? Long.MAX_VALUE : (long) Math.min(Long.MAX_VALUE, seconds * NANOS_PER_SECOND);
        long start = System.nanoTime();
        DatagramBatch batch = new DatagramBatch(MOST_AT_ONCE, MOST_AT_ONCE * maxSize);
        DatagramPrinter printer = new DatagramPrinter(io, raw, maxSize);
        while (datagrams < most && System.nanoTime() - start < end) {
            batch.clear();
            try {
                int arrived = in.receive(batch, (int) Math.min(MOST_AT_ONCE, most - datagrams));
                if (arrived == 0) {
                    in.subscribe().block(Duration.ofNanos(end - (System.nanoTime() - start)));
                }
            } catch (SocketErrorException e) {
                if (e.errorCode() == ErrorCode.INVALID_STATE) {
                    return true; // a signal closed the socket
                }
                throw e;
            }
            if (!printer.print(batch)) {
                return true; // which is the reader's right
            }
            datagrams += batch.size();
            for (int i = 0; i < batch.size(); i++) {
                bytes += batch.length(i);
            }
        }
        return count == null || datagrams == most;
    }
}
