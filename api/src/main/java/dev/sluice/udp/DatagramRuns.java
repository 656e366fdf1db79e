// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp;

import java.net.InetSocketAddress;
import java.util.BitSet;
import java.util.Objects;
import java.util.function.IntPredicate;

/**
 * The entries of a batch, run-length encoded: datagrams with the same address and path objects and the same length, whose
 * payloads lie one behind the other, are one run. A datagram that is like the one before it costs a comparison, and a sender
 * finds the runs that it can hand to the kernel as they are.
 *
 * <p>Two threads that use a batch at the same time against its contract get wrong entries, but no access outside of the
 * arrays; {@link #copy} checks what it reads against the memory.
 */
final class DatagramRuns {
    private static final String CHANGED = "the batch is being changed by another thread";

    /**
     * The first datagram of each run, and behind the last run the size, so that a run's end is read as its beginning is. One
     * place more is always 0: two threads may find a run behind the last one, which ends there.
     */
    private final int[] firsts;

    private final int[] offsets;
    private final int[] lengths;
    private final InetSocketAddress[] remotes;

    /** Null until the first path: most batches have none. */
    private DatagramPath[] paths;

    private int runs;
    private int size;

    /** The run that was looked up last: entries are mostly read in order. */
    private int cursor;

    DatagramRuns(int maxDatagrams) {
        firsts = new int[maxDatagrams + 2];
        offsets = new int[maxDatagrams];
        lengths = new int[maxDatagrams];
        remotes = new InetSocketAddress[maxDatagrams];
    }

    int size() {
        return size;
    }

    int max() {
        return lengths.length;
    }

    /** Appends one datagram, whose payload begins where the last one's ends. */
    void append(InetSocketAddress remote, DatagramPath path, int offset, int length) {
        int last = runs - 1;
        if (last < 0 || remotes[last] != remote || lengths[last] != length || pathOf(last) != path) {
            begin(remote, path, offset, length);
        }
        grow(1);
    }

    private void grow(int datagrams) {
        size += datagrams;
        firsts[runs] = size;
    }

    /** Appends several of one length, likewise. */
    void append(InetSocketAddress remote, DatagramPath path, int offset, int length, int count) {
        append(remote, path, offset, length);
        grow(count - 1);
    }

    private void begin(InetSocketAddress remote, DatagramPath path, int offset, int length) {
        int run = runs;
        firsts[run] = size;
        offsets[run] = offset;
        lengths[run] = length;
        if (remotes[run] != remote) { // storing a reference costs a barrier, and the last use often had the same one
            remotes[run] = remote;
        }
        if (pathOf(run) != path) {
            setPath(run, path);
        }
        runs = run + 1;
    }

    private void setPath(int run, DatagramPath path) {
        if (paths == null) {
            paths = new DatagramPath[lengths.length];
        }
        paths[run] = path;
    }

    private DatagramPath pathOf(int run) {
        DatagramPath[] column = paths;
        return column == null ? null : column[run];
    }

    int offset(int index) {
        int run = runOf(index);
        return offsets[run] + (index - firsts[run]) * lengths[run];
    }

    int length(int index) {
        return lengths[runOf(index)];
    }

    InetSocketAddress remote(int index) {
        return remotes[runOf(index)];
    }

    DatagramPath path(int index) {
        return paths == null ? null : pathOf(runOf(index));
    }

    /** One behind the last datagram of the run that a datagram belongs to. */
    int runEnd(int index) {
        return endOf(runOf(index));
    }

    private int endOf(int run) {
        return firsts[run + 1];
    }

    /** Looks at the neighbours before it searches: a sender compares a run with the next one, and goes back to send it. */
    private int runOf(int index) {
        Objects.checkIndex(index, size);
        int run = cursor;
        if (index >= firsts[run + 1]) {
            run++;
        } else if (index < firsts[run] && run > 0) {
            run--;
        }
        if (index < firsts[run] || index >= firsts[run + 1]) {
            run = search(index);
        }
        cursor = run;
        return run;
    }

    private int search(int index) {
        int low = 0;
        int high = runs - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (firsts[middle] <= index) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** Where the last payload ends. */
    int end() {
        int last = runs - 1;
        return last < 0 ? 0 : offsets[last] + (size - firsts[last]) * lengths[last];
    }

    void clear() {
        runs = 0;
        size = 0;
        firsts[0] = 0;
        cursor = 0;
    }

    /** Takes datagrams out; the payloads of the others stay where they are. */
    int removeIf(int from, IntPredicate unwanted) {
        int before = size;
        int first = Objects.checkFromToIndex(from, before, before);
        while (first < before && !unwanted.test(first)) {
            first++;
        }
        if (first == before) {
            return 0;
        }
        BitSet removed = new BitSet(before);
        removed.set(first);
        for (int i = first + 1; i < before; i++) {
            removed.set(i, unwanted.test(i));
        }
        remove(removed);
        return before - size;
    }

    /**
     * Writes the runs anew. Those there were are first moved to the end of the arrays, where the new ones can't reach those
     * that are still to be read: no run is empty, so there are never more new runs than datagrams read. Only the size
     * behind the last new run may take the place of where the next one to be read begins, which is where this one ends.
     */
    private void remove(BitSet removed) {
        int max = max();
        int read = max - runs;
        System.arraycopy(firsts, 0, firsts, read, runs + 1);
        System.arraycopy(offsets, 0, offsets, read, runs);
        System.arraycopy(lengths, 0, lengths, read, runs);
        System.arraycopy(remotes, 0, remotes, read, runs);
        if (paths != null) {
            System.arraycopy(paths, 0, paths, read, runs);
        }
        clear();
        for (int first = 0; read < max; read++) {
            int offset = offsets[read];
            int length = lengths[read];
            InetSocketAddress remote = remotes[read];
            DatagramPath path = pathOf(read);
            int end = firsts[read + 1];
            for (int i = first; i < end; i++, offset += length) {
                if (!removed.get(i)) {
                    appendAt(remote, path, offset, length);
                }
            }
            first = end;
        }
    }

    /** Appends a datagram whose payload may lie behind a gap. */
    private void appendAt(InetSocketAddress remote, DatagramPath path, int offset, int length) {
        if (end() == offset) {
            append(remote, path, offset, length);
        } else {
            begin(remote, path, offset, length);
            grow(1);
        }
    }

    /**
     * Takes over entries of another batch.
     *
     * @throws IllegalStateException if one lies outside of the memory, as happens when another thread changes the batch
     */
    void copy(DatagramRuns other, int from, int to, int capacity) {
        Objects.checkFromToIndex(from, to, other.size);
        if (to > other.max()) {
            throw new IllegalStateException(CHANGED);
        }
        if (to - from > max()) {
            throw new IllegalArgumentException((to - from) + " datagrams, where there is room for " + max());
        }
        clear();
        for (int i = from; i < to; ) {
            int run = other.runOf(i);
            int length = other.lengths[run];
            int offset = other.offsets[run] + (i - other.firsts[run]) * length;
            int count = Math.min(to, other.endOf(run)) - i;
            if (offset < 0 || length < 0 || count < 1 || offset + (long) count * length > capacity) {
                clear();
                throw new IllegalStateException(CHANGED);
            }
            begin(other.remotes[run], other.pathOf(run), offset, length);
            grow(count);
            i += count;
        }
    }
}
