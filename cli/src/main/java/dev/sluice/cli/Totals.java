// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.UdpSocket;
import java.util.List;
import java.util.OptionalLong;

/** How many datagrams, and how many bytes of payload, and how summaries say that. */
final class Totals {
    private long datagrams;
    private long bytes;

    /** Those of a batch from one index to another. */
    void add(DatagramBatch batch, int from, int to) {
        datagrams += to - from;
        for (int i = from; i < to; i++) {
            bytes += batch.length(i);
        }
    }

    long datagrams() {
        return datagrams;
    }

    long bytes() {
        return bytes;
    }

    @Override
    public String toString() {
        return datagrams + (datagrams == 1 ? " datagram, " : " datagrams, ") + bytes + " bytes";
    }

    /** What the kernel dropped of what came to some sockets, for want of buffer; unknown, if it doesn't tell of one. */
    static String dropped(List<UdpSocket> sockets) {
        long datagrams = 0;
        for (UdpSocket socket : sockets) {
            OptionalLong its = socket.statistics().droppedByKernel();
            if (its.isEmpty()) {
                return "; dropped by the kernel: unknown";
            }
            datagrams += its.getAsLong();
        }
        return "; dropped by the kernel: " + datagrams;
    }
}
