// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.SocketErrorException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;

/**
 * Sends datagrams in order until each has left, or has failed for good, or it is stopped.
 *
 * <p>A datagram whose send fails was not transmitted (S7), and the error may not be its own: ICMP messages about earlier
 * datagrams are reported by whichever send comes next (S8), with codes that a send may also answer of its own accord. But
 * the system tells such an error once. So a datagram that failed is simply tried again, a few times; an error that stays
 * is its own, and the datagram is given up. Nothing is lost, nothing is sent twice, and it ends.
 */
final class Sender {
    /** A peer that refuses everything can have one more error ready for each attempt; it will not for all of these. */
    private static final int MOST_ATTEMPTS = 8;

    private static final int MOST_DATAGRAMS = OutgoingDatagramStream.MAX_PERMIT;

    /** How soon it notices, with a full buffer, that it was stopped or that its destination has changed. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final Route route;
    private final Throttle throttle;
    private final SendStatistics statistics;
    private DatagramBatch batch = newBatch();
    private boolean isStopped;

    // Of the datagram that is sent next.
    private int failures;
    private ErrorCode lastError;

    /**
     * A sender.
     *
     * @param route where to send
     * @param throttle what holds it back
     * @param statistics where it counts
     */
    Sender(Route route, Throttle throttle, SendStatistics statistics) {
        this.route = route;
        this.throttle = throttle;
        this.statistics = statistics;
    }

    private static DatagramBatch newBatch() {
        return new DatagramBatch(MOST_DATAGRAMS, Framer.CAPACITY);
    }

    /** Sends all that comes in. What has come in leaves before the next read, which may block. */
    void send(Source source) throws IOException, InterruptedException {
        do {
            for (ByteBuffer datagram = source.next(); datagram != null; datagram = source.next()) {
                statistics.add();
                if (!batch.add(route.datagramAddress(), datagram)) {
                    flush();
                    batch.add(route.datagramAddress(), datagram);
                }
            }
            flush();
        } while (!isStopped() && source.read());
    }

    /** Nothing is sent any more when this returns; from any thread. */
    synchronized void stop() {
        isStopped = true;
    }

    private synchronized boolean isStopped() {
        return isStopped;
    }

    private void flush() throws SocketErrorException, InterruptedException {
        int next = 0;
        while (next < batch.size() && !isStopped()) {
            InetSocketAddress former = route.datagramAddress();
            updateRoute();
            if (!Objects.equals(former, route.datagramAddress())) {
                batch = readdressed(next);
                next = 0;
            }
            next += step(next);
        }
        batch.clear();
    }

    private synchronized void updateRoute() {
        if (!isStopped) {
            route.update();
        }
    }

    /** What has not been sent yet, with the address of now. */
    private DatagramBatch readdressed(int from) {
        DatagramBatch rest = newBatch();
        for (int i = from; i < batch.size(); i++) {
            rest.add(route.datagramAddress(), batch.bytes(i), 0, batch.length(i));
        }
        return rest;
    }

    /** Returns with how many datagrams it is done: sent or given up. */
    private int step(int from) throws SocketErrorException, InterruptedException {
        int due = throttle.admit(batch, from);
        if (due == 0) {
            statistics.leftOut(batch.size() - from);
            stop();
            return 0;
        }
        int count = Math.min(route.isOnTrial() ? 1 : due, permit());
        return count == 0 ? 0 : transfer(from, count);
    }

    private int permit() throws SocketErrorException, InterruptedException {
        int permitted = route.out().checkSend();
        if (permitted > 0) {
            return permitted;
        }
        route.out().subscribe().block(LOOK_EVERY);
        return route.out().checkSend();
    }

    /** Sends and counts, which is one step for a thread that calls {@link #stop}. */
    private synchronized int transfer(int from, int count) throws SocketErrorException, InterruptedException {
        if (isStopped) {
            return 0;
        }
        int sent;
        try {
            sent = route.out().send(batch, from, from + count);
        } catch (SocketErrorException e) {
            return route.isOnTrial() && route.isPassedOver(e) ? 0 : failed(e);
        }
        if (sent > 0 && route.isOnTrial() && !route.isAccepted()) {
            return 0;
        }
        if (sent > 0) {
            failures = 0;
            lastError = null;
            statistics.sent(batch, from, from + sent);
            throttle.sent(batch, from, from + sent);
        }
        return sent;
    }

    private int failed(SocketErrorException error) throws SocketErrorException {
        if (error.errorCode() == ErrorCode.INVALID_STATE) {
            throw error; // the socket is gone
        }
        if (error.errorCode() != lastError) { // the same one again, from the same datagram, is no second event
            lastError = error.errorCode();
            statistics.error(error);
        }
        if (++failures < MOST_ATTEMPTS) {
            return 0;
        }
        failures = 0;
        lastError = null;
        statistics.givenUp();
        return 1;
    }
}
