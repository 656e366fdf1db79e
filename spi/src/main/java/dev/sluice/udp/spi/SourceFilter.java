// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.IncomingDatagram;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Drops what doesn't come from the peer (U4) and what the network refuses (R4), and counts both. Under no lock: the network
 * is foreign code. If it throws, that datagram is dropped, since it was not allowed; the others are asked about all the
 * same.
 */
final class SourceFilter {
    private final StreamState state;
    private final SocketCounters counters;
    private final boolean restricted;

    /** The last address object that was the peer's: transports repeat it. Immutable, so threads may race for it. */
    private InetSocketAddress lastOfPeer;

    /** What the network threw, to be thrown where nothing else came of the call. */
    private Throwable thrown;

    SourceFilter(StreamState state) {
        this.state = state;
        this.counters = state.core.counters;
        this.restricted = state.isRestricted();
    }

    /** Takes the unwanted ones out of a batch, from an index on, and says how many. */
    int removeUnwanted(DatagramBatch batch, int from) {
        return !restricted && (state.peer == null || isAllOfPeer(batch, from))
                ? 0
                : batch.removeIf(from, i -> isUnwanted(batch.remoteAddress(i)));
    }

    /** Takes the unwanted ones out of a list, from an index on, and says how many. */
    int removeUnwanted(List<IncomingDatagram> datagrams, int from) {
        int kept = from;
        for (int i = from; i < datagrams.size(); i++) {
            IncomingDatagram datagram = datagrams.get(i);
            if (!isUnwanted(datagram.remoteAddress())) {
                if (kept < i) {
                    datagrams.set(kept, datagram);
                }
                kept++;
            }
        }
        int removed = datagrams.size() - kept;
        if (removed > 0) {
            datagrams.subList(kept, kept + removed).clear();
        }
        return removed;
    }

    /** The usual case, decided by looking at whole runs. */
    private boolean isAllOfPeer(DatagramBatch batch, int from) {
        for (int i = from; i < batch.size(); i = batch.runEnd(i)) {
            if (batch.remoteAddress(i) != lastOfPeer) {
                return false;
            }
        }
        return true;
    }

    private boolean isUnwanted(InetSocketAddress source) {
        if (state.peer != null && source != lastOfPeer) {
            if (!Addresses.isPeer(state.peer, source)) {
                counters.droppedByPeerFilter.increment();
                return true;
            }
            lastOfPeer = source;
        }
        if (restricted && !isAllowed(source)) {
            counters.droppedByNetwork.increment();
            return true;
        }
        return false;
    }

    private boolean isAllowed(InetSocketAddress source) {
        try {
            return state.network.mayReceiveFrom(source);
        } catch (RuntimeException | Error e) {
            thrown = e;
            return false;
        }
    }

    boolean hasNetworkThrown() {
        return thrown != null;
    }

    /** Throws what the network threw, once. */
    void throwOfNetwork() {
        Throwable last = thrown;
        thrown = null;
        if (last instanceof Error error) {
            throw error;
        }
        if (last != null) {
            throw (RuntimeException) last;
        }
    }
}
