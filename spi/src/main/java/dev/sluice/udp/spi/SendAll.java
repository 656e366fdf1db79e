// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.SocketErrorException;
import java.time.Duration;
import java.util.List;

/** One call of {@code sendAll}: sends, and waits where the gate is closed (J2). */
final class SendAll {
    private final OutgoingStream out;
    private final List<OutgoingDatagram> datagrams;
    private final long start = System.nanoTime();
    private final long nanos;
    private int sent;

    /** The list is copied: it is foreign, and must not change while parts of it are under way. It may hold no null. */
    SendAll(OutgoingStream out, List<OutgoingDatagram> datagrams, Duration timeout) {
        this.out = out;
        this.nanos = StreamPollable.nanos(timeout);
        this.datagrams = List.copyOf(datagrams);
    }

    int run() throws SocketErrorException, InterruptedException {
        try {
            while (sent < datagrams.size() && (out.isReady() || waits())) {
                int to = Math.min(datagrams.size(), sent + OutgoingDatagramStream.MAX_PERMIT);
                sent += out.sendUnpermitted(datagrams.subList(sent, to), sent == 0);
            }
        } catch (SocketErrorException e) {
            if (sent == 0) {
                throw e;
            }
            out.keep(e);
        } catch (InterruptedException e) {
            if (sent == 0) {
                throw e;
            }
            Thread.currentThread().interrupt();
        }
        return sent;
    }

    private boolean waits() throws InterruptedException {
        return out.subscribe().block(Duration.ofNanos(nanos - (System.nanoTime() - start)));
    }
}
