// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramPath;
import java.net.InetSocketAddress;

/** Which datagrams of a batch can leave in one GSO send (udp(7), UDP_SEGMENT). */
final class SegmentRun {
    private SegmentRun() {}

    /**
     * Finds the end of the run that begins with a datagram: datagrams to the same destination that lie one behind the
     * other in memory, have the same path (O4) and the same size, which the last alone may fall short of. An empty datagram is
     * never in a run: a segment of no bytes can't be expressed. To a peer, neither is one that chooses its source or its
     * interface: what fits the route that it takes is not known, so that an EMSGSIZE could not be told from a pending one.
     *
     * @param peer whether all go to the peer, so that there is nothing to compare
     * @param maxSegments the most datagrams
     * @param maxSegment the largest size that may be tried
     * @param maxBytes the most bytes in all
     * @return one behind the last; {@code from + 1} if there is no run
     */
    static int end(DatagramBatch batch, int from, int to, boolean peer, int maxSegments, int maxSegment, int maxBytes) {
        int size = batch.length(from);
        if (size == 0 || size > maxSegment || peer && choosesRoute(batch.path(from))) {
            return from + 1;
        }
        int last = Math.min(to, from + maxSegments);
        int full = Math.min(last, from + maxBytes / size);
        int begin = batch.offset(from);
        InetSocketAddress remote = batch.remoteAddress(from);
        DatagramPath path = batch.path(from);
        int next = Math.min(full, batch.runEnd(from));
        while (next < last) { // Compared with the first: to go back to the one before costs a batch a search.
            int length = batch.length(next);
            int before = (next - from) * size;
            if (length == 0
                    || length > Math.min(size, maxBytes - before)
                    || batch.offset(next) != begin + before
                    || !peer && !Addresses.same(remote, batch.remoteAddress(next))
                    || !isSame(path, batch.path(next))) {
                break;
            }
            if (length < size) {
                return next + 1;
            }
            next = Math.min(full, batch.runEnd(next)); // to another object of the same address
        }
        return next;
    }

    private static boolean isSame(DatagramPath one, DatagramPath other) {
        return one == other || one != null && one.equals(other);
    }

    private static boolean choosesRoute(DatagramPath path) {
        return path != null && (path.localAddress() != null || path.interfaceIndex() != 0);
    }
}
