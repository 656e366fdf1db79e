// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.async;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.SocketErrorException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Sends that wait, in order ({@link dev.sluice.udp.Rule#W3 W3}). What has gathered leaves as one list, to which segmentation
 * offload applies; what is cancelled before is left out.
 */
final class Sends extends SerialTask {
    private final Streams streams;

    /** Guarded by itself, as is {@link #waitingBytes}. */
    private final Deque<PendingSend> waiting = new ArrayDeque<>();

    private long waitingBytes;

    /** How many more leave by themselves, to find the one that an exception is about. */
    private int alone;

    Sends(Streams streams, Executor executor) {
        super(executor);
        this.streams = streams;
    }

    CompletableFuture<Void> add(OutgoingDatagram datagram) {
        PendingSend send = new PendingSend(datagram);
        synchronized (waiting) {
            if (!hasRoom(send)) {
                forgetCancelled();
            }
            if (!hasRoom(send)) {
                return CompletableFuture.failedFuture(new SocketErrorException(
                        ErrorCode.OUT_OF_MEMORY,
                        waiting.size() + " sends with " + waitingBytes
                                + " bytes are waiting, and no more are kept: wait for their futures"));
            }
            waiting.add(send);
            waitingBytes += send.bytes();
        }
        schedule();
        return send;
    }

    private boolean hasRoom(PendingSend send) {
        return waiting.size() < AsyncUdpSocket.MAX_WAITING_SENDS
                && waitingBytes + send.bytes() <= AsyncUdpSocket.MAX_WAITING_BYTES;
    }

    private void forgetCancelled() {
        waiting.removeIf(PendingSend::isDone);
        waitingBytes = waiting.stream().mapToLong(PendingSend::bytes).sum();
    }

    @Override
    void step() {
        while (hasNext() && !streams.areChanging()) {
            OutgoingDatagramStream out = null;
            List<PendingSend> sends = List.of();
            try {
                out = streams.outgoing();
                int permitted = out.checkSend();
                if (permitted == 0) {
                    out.subscribe().onReady(this::schedule);
                    return;
                }
                sends = take(alone > 0 ? 1 : permitted);
                alone = Math.max(0, alone - 1);
                send(out, sends);
            } catch (SocketErrorException e) {
                fail(e, out, sends);
            } catch (UncheckedIOException e) { // onReady: there is no thread or descriptor to wait with
                fail((SocketErrorException) e.getCause(), out, sends);
            } catch (RuntimeException e) { // the socket's network has thrown, at any of them
                if (sends.size() > 1) {
                    alone = sends.size();
                    putBack(sends, 0);
                } else {
                    sends.forEach(send -> send.completeExceptionally(e));
                }
            }
        }
    }

    private boolean hasNext() {
        synchronized (waiting) {
            return !waiting.isEmpty();
        }
    }

    /** Takes what waits, up to that many, without what was cancelled. */
    private List<PendingSend> take(int most) {
        List<PendingSend> sends = new ArrayList<>();
        synchronized (waiting) {
            while (sends.size() < most && !waiting.isEmpty()) {
                PendingSend send = waiting.remove();
                waitingBytes -= send.bytes();
                if (send.reserve()) {
                    sends.add(send);
                }
            }
        }
        return sends;
    }

    /** Those from an index on wait again, before all others. */
    private void putBack(List<PendingSend> sends, int from) {
        synchronized (waiting) {
            for (int i = sends.size() - 1; i >= from; i--) {
                sends.get(i).release();
                waiting.addFirst(sends.get(i));
                waitingBytes += sends.get(i).bytes();
            }
        }
    }

    private void send(OutgoingDatagramStream out, List<PendingSend> sends) throws SocketErrorException {
        List<OutgoingDatagram> datagrams = new ArrayList<>(sends.size());
        sends.forEach(send -> datagrams.add(send.datagram));
        int sent = out.send(datagrams);
        putBack(sends, sent);
        sends.subList(0, sent).forEach(send -> send.complete(null));
    }

    /** An error is the first one's; what another pair of streams ended is sent by that. */
    private void fail(SocketErrorException error, OutgoingDatagramStream out, List<PendingSend> taken) {
        boolean goesOn = error.errorCode() == ErrorCode.INVALID_STATE && streams.haveReplaced(out);
        List<PendingSend> sends = goesOn || !taken.isEmpty() ? taken : take(1);
        int failed = goesOn ? 0 : Math.min(1, sends.size());
        putBack(sends, failed);
        sends.subList(0, failed).forEach(send -> send.completeExceptionally(error));
    }
}
