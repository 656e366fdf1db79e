// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.Pollable;
import dev.sluice.udp.SocketErrorException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Sends numbered datagrams at a rate, and asks the server at each interval what has arrived. It begins only when the server
 * has answered, so nothing is sent to a host that didn't ask for it.
 */
final class MeasureClient {
    private static final int MOST_AT_ONCE = 256;
    private static final int MOST_ANSWERS = 64;
    private static final int MOST_BYTES = 128 * 1024;
    private static final int MOST_QUERIES = 5;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long ANSWER_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    /** How soon it notices that it was stopped. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Datagrams that are to be echoed are at least so far apart. */
    private static final long ECHO_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** What was missed while the gate was closed is caught up for so long, not more. */
    private static final double CATCH_UP_SECONDS = 0.01;

    private record Asked(long query, double seconds, long sent, long bytes) {}

    private final DatagramStreams streams;
    private final int size;
    private final double perSecond;
    private final Consumer<MeasureInterval> intervals;
    private final long session = ThreadLocalRandom.current().nextLong();
    private final DatagramBatch batch = new DatagramBatch(MOST_AT_ONCE, MOST_BYTES);
    private final DatagramBatch incoming = new DatagramBatch(MOST_ANSWERS, (MOST_ANSWERS + 1) * (1 << 16));
    private final ByteBuffer payload;
    private final ByteBuffer question = ByteBuffer.allocate(MeasureReport.LENGTH);
    private final Map<ErrorCode, Long> errors = new EnumMap<>(ErrorCode.class);
    private final RoundTrips recent = new RoundTrips();
    private final RoundTrips all = new RoundTrips();
    private final ArrayDeque<Asked> asked = new ArrayDeque<>();

    private volatile boolean isStopped;
    private long start = System.nanoTime();
    private long queries;
    private long sent;
    private long bytes;
    private long lastEcho;
    private double due;
    private Asked before = new Asked(0, 0, 0, 0);
    private MeasureReport latest = MeasureReport.NONE;
    private long answered = -1;

    /**
     * A client.
     *
     * @param size of each datagram
     * @param perSecond how many; infinite: as fast as they go
     * @param intervals is told each interval when the server's report is there
     */
    MeasureClient(DatagramStreams streams, int size, double perSecond, Consumer<MeasureInterval> intervals) {
        this.streams = streams;
        this.size = size;
        this.perSecond = perSecond;
        this.intervals = intervals;
        this.payload = ByteBuffer.allocate(size);
    }

    /** Ends it before its time, with a summary of what has been measured; from any thread. */
    void stop() {
        isStopped = true;
    }

    /** Returns whether the server answers. */
    boolean isAnswered() throws SocketErrorException, InterruptedException {
        for (int i = 0; i < MOST_QUERIES && !isStopped; i++) {
            ask();
            if (awaitAnswer()) {
                errors.clear();
                return true;
            }
        }
        return false;
    }

    /** Measures for some time. Returns what came of all of it; null if the server no longer answers. */
    MeasureInterval run(double seconds, double interval) throws SocketErrorException, InterruptedException {
        start = System.nanoTime();
        before = new Asked(0, 0, 0, 0);
        latest = MeasureReport.NONE;
        double next = interval;
        for (double now = 0; now < seconds && !isStopped; now = seconds()) {
            if (now >= next) {
                ask();
                next += interval;
            }
            receive();
            if (!sendDue(now)) {
                awaitNext(Math.min(next, seconds));
            }
        }
        double end = seconds();
        return awaitLast() ? summary(end) : null;
    }

    private boolean awaitLast() throws SocketErrorException, InterruptedException {
        for (int i = 0; i < MOST_QUERIES; i++) {
            ask();
            if (awaitAnswer() && (latest.highest() + 1 >= sent || i > 0)) {
                return true; // what overtakes a query is on its way no longer
            }
        }
        return false;
    }

    private MeasureInterval summary(double end) {
        all.addAll(recent);
        return new MeasureInterval(0, end, sent, bytes, MeasureReport.NONE, latest, sent - latest.received(), all);
    }

    long droppedByKernel() {
        return latest.droppedByKernel();
    }

    Map<ErrorCode, Long> errors() {
        return errors;
    }

    private double seconds() {
        return (System.nanoTime() - start) / NANOS_PER_SECOND;
    }

    private void ask() throws SocketErrorException, InterruptedException {
        long query = queries++;
        asked.add(new Asked(query, seconds(), sent, bytes));
        question.clear();
        MeasureMessage.write(question, MeasureMessage.Kind.QUERY, session, query, System.nanoTime());
        batch.clear();
        batch.add(null, question);
        while (!send() && streams.outgoing().subscribe().block(Duration.ofNanos(ANSWER_NANOS))) {
            // until the gate is open
        }
    }

    /** Waits for the answer to the last question. */
    private boolean awaitAnswer() throws SocketErrorException, InterruptedException {
        long end = System.nanoTime() + ANSWER_NANOS;
        while (answered < queries - 1) {
            receive();
            Duration left = Duration.ofNanos(end - System.nanoTime());
            if (answered < queries - 1 && !streams.incoming().subscribe().block(left)) {
                return false;
            }
            if (System.nanoTime() > end) {
                return answered == queries - 1;
            }
        }
        return true;
    }

    /** Sends what is due by now; false if nothing is, or the gate is closed. */
    private boolean sendDue(double now) throws SocketErrorException {
        int count = Math.min(MOST_AT_ONCE, MOST_BYTES / size);
        if (perSecond != Double.POSITIVE_INFINITY) {
            due = Math.max(due, (now - CATCH_UP_SECONDS) * perSecond);
            count = (int) Math.min(count, now * perSecond - due + 1);
        }
        if (count <= 0) {
            return false;
        }
        batch.clear();
        long nanos = System.nanoTime();
        for (int i = 0; i < count; i++) {
            boolean echo = nanos - lastEcho >= ECHO_NANOS;
            lastEcho = echo ? nanos : lastEcho;
            payload.clear();
            MeasureMessage.write(
                    payload,
                    echo ? MeasureMessage.Kind.DATA_TO_ECHO : MeasureMessage.Kind.DATA,
                    session,
                    sent + i,
                    nanos);
            batch.add(null, payload);
        }
        long former = sent;
        boolean isOpen = send();
        due += isOpen ? Math.max(1, sent - former) : 0;
        return isOpen;
    }

    /** Sends the batch as far as it goes; false if the gate is closed. Questions are counted by nothing. */
    private boolean send() throws SocketErrorException {
        int permitted = streams.outgoing().checkSend();
        if (permitted == 0) {
            return false;
        }
        try {
            int gone = streams.outgoing().send(batch, 0, Math.min(permitted, batch.size()));
            if (MeasureMessage.kind(batch, 0) != MeasureMessage.Kind.QUERY) {
                sent += gone;
                bytes += (long) gone * size;
            }
        } catch (SocketErrorException e) {
            count(e);
        }
        return true;
    }

    private void count(SocketErrorException error) throws SocketErrorException {
        if (error.errorCode() == ErrorCode.INVALID_STATE) {
            throw error; // a signal closed the socket
        }
        errors.merge(error.errorCode(), 1L, Long::sum);
    }

    /** Takes echoes and reports. */
    private void receive() throws SocketErrorException {
        incoming.clear();
        try {
            streams.incoming().receive(incoming, incoming.maxDatagrams());
        } catch (SocketErrorException e) {
            count(e);
        }
        long now = System.nanoTime();
        for (int i = 0; i < incoming.size(); i++) {
            MeasureMessage.Kind kind = MeasureMessage.kind(incoming, i);
            if (kind == null || MeasureMessage.session(incoming, i) != session) {
                continue;
            }
            if (kind == MeasureMessage.Kind.ECHO) {
                recent.add(now - MeasureMessage.nanos(incoming, i));
            } else if (kind == MeasureMessage.Kind.REPORT) {
                reported(MeasureMessage.number(incoming, i), MeasureReport.read(incoming, i));
            }
        }
    }

    /** A report may be lost, or come late: an interval then lasts until the next one. */
    private void reported(long query, MeasureReport report) {
        if (report == null || query <= answered || query >= queries) {
            return;
        }
        answered = query;
        while (asked.peek().query() < query) {
            asked.remove();
        }
        Asked now = asked.remove();
        if (now.sent() > before.sent()) {
            long lost = report.lost() - latest.lost();
            intervals.accept(new MeasureInterval(
                    before.seconds(),
                    now.seconds(),
                    now.sent() - before.sent(),
                    now.bytes() - before.bytes(),
                    latest,
                    report,
                    lost,
                    recent));
            all.addAll(recent);
            recent.clear();
        }
        before = now;
        latest = report;
    }

    /** Until the next datagram is due, the gate opens, an answer arrives, or a time. */
    private void awaitNext(double until) throws InterruptedException {
        double left = until - seconds();
        boolean isGateOpen = streams.outgoing().subscribe().ready();
        double next = isGateOpen && perSecond != Double.POSITIVE_INFINITY ? (due + 1) / perSecond - seconds() : left;
        long nanos = (long) Math.min(LOOK_NANOS, Math.min(left, Math.max(0, next)) * NANOS_PER_SECOND);
        if (nanos <= 0) {
            return;
        }
        List<Pollable> awaited = isGateOpen
                ? List.of(streams.incoming().subscribe())
                : List.of(streams.outgoing().subscribe(), streams.incoming().subscribe());
        Pollable.poll(awaited, Duration.ofNanos(nanos));
    }
}
