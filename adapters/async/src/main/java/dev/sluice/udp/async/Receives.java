// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.async;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IncomingDatagram;
import dev.sluice.udp.IncomingDatagramStream;
import dev.sluice.udp.SocketErrorException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Receivers that wait, in order ({@link dev.sluice.udp.Rule#W4 W4}). One {@code receive} of the stream takes as many datagrams
 * as there are receivers; what one doesn't want any more the next one gets.
 */
final class Receives extends SerialTask {
    private static final int LOT = 64;

    private final Streams streams;

    /** In order, and each found at once when it is cancelled. Guarded by itself, as is {@link #left}. */
    private final Set<CompletableFuture<IncomingDatagram>> waiting = new LinkedHashSet<>();

    /** Datagrams whose receivers were cancelled while they were taken. */
    private final Deque<IncomingDatagram> left = new ArrayDeque<>();

    Receives(Streams streams, Executor executor) {
        super(executor);
        this.streams = streams;
    }

    CompletableFuture<IncomingDatagram> add() {
        CompletableFuture<IncomingDatagram> future = new CompletableFuture<>();
        future.whenComplete((datagram, thrown) -> {
            if (future.isCancelled()) {
                synchronized (waiting) {
                    waiting.remove(future);
                }
            }
        });
        synchronized (waiting) {
            waiting.add(future);
        }
        schedule();
        return future;
    }

    /** There is a peer now: what others sent is dropped, as the stream does with what is queued (U4). */
    void keepOnlyOf(InetSocketAddress peer) {
        synchronized (waiting) {
            left.removeIf(datagram -> !datagram.remoteAddress().equals(peer));
        }
    }

    @Override
    void step() {
        int wanted;
        while ((wanted = deliverLeft()) > 0 && !streams.areChanging()) {
            IncomingDatagramStream in = null;
            try {
                in = streams.incoming();
                List<IncomingDatagram> received = in.receive(Math.min(wanted, LOT));
                if (received.isEmpty()) {
                    in.subscribe().onReady(this::schedule);
                    return;
                }
                synchronized (waiting) {
                    left.addAll(received);
                }
            } catch (SocketErrorException e) {
                fail(e, in);
            } catch (UncheckedIOException e) { // onReady: there is no thread or descriptor to wait with
                fail((SocketErrorException) e.getCause(), in);
            } catch (RuntimeException e) { // the socket's network has thrown
                fail(e);
            }
        }
    }

    /** Hands out what is there, and says how many wait for more. */
    private int deliverLeft() {
        while (true) {
            IncomingDatagram datagram;
            CompletableFuture<IncomingDatagram> receiver;
            synchronized (waiting) {
                if (left.isEmpty() || waiting.isEmpty()) {
                    return waiting.size();
                }
                datagram = left.remove();
                receiver = next();
            }
            if (!receiver.complete(datagram)) { // cancelled just now
                synchronized (waiting) {
                    left.addFirst(datagram);
                }
            }
        }
    }

    /** An error is the first one's; what another pair of streams ended goes on with that. */
    private void fail(SocketErrorException error, IncomingDatagramStream in) {
        if (error.errorCode() != ErrorCode.INVALID_STATE || !streams.haveReplaced(in)) {
            fail(error);
        }
    }

    private void fail(Exception error) {
        CompletableFuture<IncomingDatagram> receiver;
        synchronized (waiting) {
            receiver = next();
        }
        if (receiver != null) {
            receiver.completeExceptionally(error);
        }
    }

    /** Takes the first receiver; null if there is none. The caller holds the monitor. */
    private CompletableFuture<IncomingDatagram> next() {
        Iterator<CompletableFuture<IncomingDatagram>> receivers = waiting.iterator();
        if (!receivers.hasNext()) {
            return null;
        }
        CompletableFuture<IncomingDatagram> first = receivers.next();
        receivers.remove();
        return first;
    }
}
