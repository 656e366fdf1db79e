// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.Pollable;
import dev.sluice.udp.SocketErrorException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** One run of {@code sluice send}: everything is sent; at the end, or at a signal, a summary is printed. */
final class SendRun {
    /** How long an ICMP answer to the last datagrams is waited for. On loopback it is there before send returns. */
    private static final Duration LINGER = Duration.ofMillis(200);

    private static final Duration ENDLESS = Duration.ofDays(50_000);

    /** A thing that never happens. */
    private static final Pollable NEVER = new Pollable() {
        @Override
        public boolean ready() {
            return false;
        }

        @Override
        public Registration onReady(Runnable action) {
            return () -> {};
        }
    };

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
     * @param isSlow whether reading it may take long
     * @param throttle makes what holds it back, with the clock to use
     * @param patience how long answers are waited for after the last datagram, until there are as many as were sent
     * @return the exit status
     */
    int run(Source source, boolean isSlow, Function<RateLimiter.Clock, Throttle> throttle, Duration patience)
            throws IOException, InterruptedException {
        Throttle usual = throttle.apply(answers.arePrinted() ? new AnswerClock() : RateLimiter.Clock.SYSTEM);
        Sender sender = new Sender(destination, answers.arePrinted() ? printingAnswers(usual) : usual, statistics);
        SignalAction onSignal = new SignalAction(signal -> {
            sender.stop();
            report(Duration.ZERO, "; ended by a signal");
        });
        try {
            sender.send(answers.arePrinted() && isSlow ? new BackgroundSource(source, this::takeAnswersUntil) : source);
            if (answers.arePrinted() && !isReported()) {
                takeAnswers(patience, () -> answers.datagrams() >= statistics.datagrams(), NEVER);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause(); // standard output's
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
                takeAnswers(Duration.ZERO, () -> false, NEVER);
                return answers.isRead() ? throttle.admit(batch, from) : 0;
            }

            @Override
            public void sent(DatagramBatch batch, int from, int to) {
                throttle.sent(batch, from, to);
            }
        };
    }

    /** Takes answers while the next datagram is not due. */
    private final class AnswerClock implements RateLimiter.Clock {
        @Override
        public long getAsLong() {
            return System.nanoTime();
        }

        @Override
        public void sleep(long nanos) throws InterruptedException {
            if (answers.isRead()) {
                takeAnswers(Duration.ofNanos(nanos), () -> false, NEVER);
            } else {
                SYSTEM.sleep(nanos);
            }
        }
    }

    private void takeAnswersUntil(Pollable other) throws InterruptedException {
        takeAnswers(ENDLESS, other::ready, other);
        if (!other.ready()) {
            other.block(); // the socket has gone, or the output's reader
        }
    }

    /**
     * Takes answers, and counts the errors among them.
     *
     * @param patience how long at most
     * @param isEnough ends it before, and so does a signal or an output that is read no more
     * @param other wakes it up
     */
    private void takeAnswers(Duration patience, BooleanSupplier isEnough, Pollable other) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        SocketErrorException error;
        do {
            error = destination.receive(
                    Duration.ofNanos(end - System.nanoTime()),
                    () -> isEnough.getAsBoolean() || !answers.isRead() || isReported(),
                    other);
            if (error != null && error.errorCode() != ErrorCode.INVALID_STATE) {
                statistics.error(error);
            }
        } while (error != null && error.errorCode() != ErrorCode.INVALID_STATE && System.nanoTime() - end < 0);
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
                        "sent %d of %d datagrams, %d bytes, to %s through %s in %.3f s; errors: %s%s%s",
                        statistics.datagrams(),
                        statistics.total(),
                        statistics.bytes(),
                        HostPort.text(destination.address()),
                        provider,
                        seconds,
                        statistics.errors(),
                        answers.summary(destination.sockets()),
                        end));
    }
}
