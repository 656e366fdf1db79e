package dev.sluice.cli;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.ErrorCode;
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
    private final Answers answers;
    private final boolean quiet;
    private final SendStatistics statistics;
    private final long start = System.nanoTime();
    private boolean isReported;

    /**
     * A run.
     *
     * @param quiet whether no summary is printed
     */
    SendRun(Stdio io, String provider, Destination destination, Answers answers, boolean quiet) {
        this.io = io;
        this.answers = answers;
        this.quiet = quiet;
        this.provider = provider;
        this.destination = destination;
        this.statistics = new SendStatistics(
                (number, error) -> io.complain(Explanations.ofSending(error, number, destination.address())));
    }

    /**
     * Sends it all.
     *
     * @param patience how long answers are waited for after the last datagram, until there are as many as were sent
     * @return the exit status
     */
    int run(Source source, Throttle throttle, Duration patience) throws IOException, InterruptedException {
        Sender sender =
                new Sender(destination, answers.arePrinted() ? printingAnswers(throttle) : throttle, statistics);
        SignalAction onSignal = new SignalAction(signal -> {
            sender.stop();
            report(Duration.ZERO, "; ended by a signal");
        });
        try {
            sender.send(source);
            if (answers.arePrinted() && !isReported()) {
                awaitAnswers(patience);
            }
        } finally {
            report(destination.address().getAddress().isLoopbackAddress() ? Duration.ZERO : LINGER, "");
            onSignal.close();
        }
        boolean isAnswered = !answers.arePrinted() || answers.datagrams() > 0;
        return statistics.isClean() && isAnswered ? 0 : 1;
    }

    /** Prints what has come back before each send. */
    private Throttle printingAnswers(Throttle throttle) {
        return new Throttle() {
            @Override
            public int admit(DatagramBatch batch, int from) throws InterruptedException {
                int admitted = throttle.admit(batch, from);
                SocketErrorException error = destination.receive(Duration.ZERO, () -> false);
                if (error != null) {
                    statistics.error(error);
                }
                return admitted;
            }

            @Override
            public void sent(DatagramBatch batch, int from, int to) {
                throttle.sent(batch, from, to);
            }
        };
    }

    private void awaitAnswers(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        SocketErrorException error;
        do {
            Duration left = Duration.ofNanos(end - System.nanoTime());
            error = destination.receive(left, () -> answers.datagrams() >= statistics.datagrams() || isReported());
            if (error != null && error.errorCode() != ErrorCode.INVALID_STATE) {
                statistics.error(error);
            }
        } while (error != null && error.errorCode() != ErrorCode.INVALID_STATE && System.nanoTime() < end);
    }

    private synchronized boolean isReported() {
        return isReported;
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
        if (quiet) {
            return;
        }
        io.erase();
        io.err()
                .println(String.format(
                        Locale.ROOT,
                        "sent %d of %d datagrams, %d bytes, to %s through %s in %.3f s; errors: %s%s%s%s",
                        statistics.datagrams(),
                        statistics.total(),
                        statistics.bytes(),
                        HostPort.text(destination.address()),
                        provider,
                        seconds,
                        statistics.errors(),
                        answers.summary(),
                        Totals.dropped(destination.droppedByKernel()),
                        end));
    }
}
