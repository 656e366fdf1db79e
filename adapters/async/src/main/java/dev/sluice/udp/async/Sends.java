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

    /** Guarded by itself. */
    private final Deque<Send> waiting = new ArrayDeque<>();

    private long waitingBytes;

    /** Those that {@link #step} has taken and not sent yet, in order. */
    private final Deque<Send> taken = new ArrayDeque<>();

    /** How many more of them leave by themselves, to find the one that an exception is about. */
    private int alone;

    /** How many the last call was given. */
    private int attempted;

    private record Send(OutgoingDatagram datagram, CompletableFuture<Void> future) {
        int bytes() {
            return datagram.data().remaining();
        }
    }

    Sends(Streams streams, Executor executor) {
        super(executor);
        this.streams = streams;
    }

    CompletableFuture<Void> add(OutgoingDatagram datagram) {
        Send send = new Send(datagram, new CompletableFuture<>());
        synchronized (waiting) {
            if (waiting.size() == AsyncUdpSocket.MAX_WAITING_SENDS
                    || waitingBytes + send.bytes() > AsyncUdpSocket.MAX_WAITING_BYTES) {
                return CompletableFuture.failedFuture(new SocketErrorException(
                        ErrorCode.OUT_OF_MEMORY,
                        waiting.size() + " sends with " + waitingBytes
                                + " bytes are waiting, and no more are kept: wait for their futures"));
            }
            waiting.add(send);
            waitingBytes += send.bytes();
        }
        schedule();
        return send.future();
    }

    @Override
    void step() {
        while (hasNext() && !streams.areChanging()) {
            OutgoingDatagramStream out = null;
            try {
                out = streams.outgoing();
                int permitted = out.checkSend();
                if (permitted == 0) {
                    out.subscribe().onReady(this::schedule);
                    return;
                }
                take(permitted);
                send(out);
            } catch (SocketErrorException e) {
                fail(e, out);
            } catch (UncheckedIOException e) { // onReady: there is no thread or descriptor to wait with
                fail((SocketErrorException) e.getCause(), out);
            } catch (RuntimeException e) { // the socket's network has thrown, at any of them
                if (attempted > 1) {
                    alone = taken.size();
                    attempted = 0;
                } else if (!taken.isEmpty()) {
                    taken.remove().future().completeExceptionally(e);
                }
            }
        }
    }

    private boolean hasNext() {
        synchronized (waiting) {
            return !taken.isEmpty() || !waiting.isEmpty();
        }
    }

    /** Takes what waits, up to that many, without what was cancelled. */
    private void take(int most) {
        taken.removeIf(send -> send.future().isDone());
        synchronized (waiting) {
            while (taken.size() < most && !waiting.isEmpty()) {
                Send send = waiting.remove();
                waitingBytes -= send.bytes();
                if (!send.future().isDone()) {
                    taken.add(send);
                }
            }
        }
    }

    private void send(OutgoingDatagramStream out) throws SocketErrorException {
        if (taken.isEmpty()) {
            return; // all of it was cancelled
        }
        List<OutgoingDatagram> datagrams = new ArrayList<>(taken.size());
        for (Send send : taken) {
            datagrams.add(send.datagram());
            if (alone > 0) {
                alone--;
                break;
            }
        }
        attempted = datagrams.size();
        int sent = out.send(datagrams);
        for (int i = 0; i < sent; i++) {
            taken.remove().future().complete(null);
        }
    }

    /** An error is the first one's; what another pair of streams ended is sent by that. */
    private void fail(SocketErrorException error, OutgoingDatagramStream out) {
        if (error.errorCode() == ErrorCode.INVALID_STATE && streams.haveReplaced(out)) {
            return;
        }
        take(1);
        if (!taken.isEmpty()) {
            taken.remove().future().completeExceptionally(error);
        }
    }
}
