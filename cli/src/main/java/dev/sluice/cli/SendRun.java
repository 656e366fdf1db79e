package dev.sluice.cli;

import dev.sluice.udp.SocketErrorException;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/** One run of {@code sluice send}: everything is sent; at the end, or at a signal, a summary is printed. */
final class SendRun {
    /** How long an ICMP answer to the last datagrams is waited for. On loopback it is there before send returns. */
    private static final Duration LINGER = Duration.ofMillis(200);

    private static final double NANOS_PER_SECOND = 1e9;

    private final Stdio io;
    private final String provider;
    private final Destination destination;
    private final SendStatistics statistics;
    private final long start = System.nanoTime();
    private boolean isReported;

    SendRun(Stdio io, String provider, Destination destination) {
        this.io = io;
        this.provider = provider;
        this.destination = destination;
        this.statistics = new SendStatistics(
                (number, error) -> io.complain(Explanations.ofSending(error, number, destination.address())));
    }

    /** Returns the exit status. */
    int run(Framer framer, Throttle throttle) throws IOException, InterruptedException {
        Sender sender = new Sender(destination, throttle, statistics);
        SignalAction onSignal = new SignalAction(signal -> {
            sender.stop();
            report(Duration.ZERO, "; ended by a signal");
        });
        try {
            sender.send(framer);
        } finally {
            report(destination.address().getAddress().isLoopbackAddress() ? Duration.ZERO : LINGER, "");
            onSignal.close();
        }
        return statistics.isClean() ? 0 : 1;
    }

    /** Once, by whichever thread comes first. */
    private synchronized void report(Duration patience, String end) {
        if (isReported) {
            return;
        }
        isReported = true;
        double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
        try {
            SocketErrorException late = destination.error(patience);
            if (late != null) {
                statistics.error(late);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        io.erase();
        io.err()
                .println(String.format(
                        Locale.ROOT,
                        "sent %d of %d datagrams, %d bytes, to %s through %s in %.3f s; errors: %s%s",
                        statistics.datagrams(),
                        statistics.total(),
                        statistics.bytes(),
                        HostPort.text(destination.address()),
                        provider,
                        seconds,
                        statistics.errors(),
                        end));
    }
}
