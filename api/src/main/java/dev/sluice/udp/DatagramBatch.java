// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp;

import java.net.InetSocketAddress;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.IntPredicate;

/**
 * A reusable list of datagrams whose payloads lie one behind the other in direct memory, where the kernel can take them
 * as they are. Filling, sending and clearing it allocates nothing.
 *
 * <p>It belongs to the application, and is good with any provider. Use it from one thread at a time; a stream borrows it
 * only while a {@code send} or {@code receive} runs. The memory is freed when the batch is no longer reachable.
 */
public final class DatagramBatch {
    private final ByteBuffer own;
    private final ByteBuffer tail;
    private final DatagramRuns entries;

    /** Its own, or that of the batch that this is a view of. */
    private ByteBuffer memory;

    /** Where its own free memory begins; the capacity while it is a view. */
    private int end;

    /**
     * An empty batch.
     *
     * @param maxDatagrams how many datagrams it can hold, at least 1
     * @param maxBytes how many bytes of payload, at least 0; to receive into it, at least
     *     {@link IpAddressFamily#maxDatagramSize()}
     * @throws IllegalArgumentException if one of the two is too small
     */
    public DatagramBatch(int maxDatagrams, int maxBytes) {
        if (maxDatagrams < 1 || maxBytes < 0) {
            throw new IllegalArgumentException("A batch holds at least 1 datagram and 0 bytes, not " + maxDatagrams
                    + " datagrams and " + maxBytes + " bytes");
        }
        own = ByteBuffer.allocateDirect(maxBytes);
        tail = own.duplicate();
        memory = own;
        entries = new DatagramRuns(maxDatagrams);
    }

    /**
     * Appends a copy of a payload, which is read from position to limit and left as it is.
     *
     * @param remote where to; null for the stream's own peer
     * @param payload the payload, of any kind of buffer
     * @return false if there is no room for it; the batch is unchanged then
     */
    public boolean add(InetSocketAddress remote, ByteBuffer payload) {
        return add(remote, payload, null);
    }

    /**
     * The same with a path ({@link Rule#O3 O3}). The first path that a batch gets makes it a column for them.
     *
     * @param remote where to; null for the stream's own peer
     * @param payload the payload, of any kind of buffer
     * @param path what else the datagram is to have; null for nothing
     * @return false if there is no room for it; the batch is unchanged then
     */
    public boolean add(InetSocketAddress remote, ByteBuffer payload, DatagramPath path) {
        int length = payload.remaining();
        if (!hasRoom(length)) {
            return false;
        }
        if (payload.hasArray()) {
            // put(int, ByteBuffer, …) is megamorphic once a process has used several kinds of buffers; put of an array
            // never is.
            own.put(end, payload.array(), payload.arrayOffset() + payload.position(), length);
        } else {
            own.put(end, payload, payload.position(), length);
        }
        append(remote, path, length);
        return true;
    }

    /**
     * Appends a copy of a part of an array.
     *
     * @param remote where to; null for the stream's own peer
     * @param payload holds the payload
     * @param offset where it begins
     * @param length its length in bytes
     * @return false if there is no room for it; the batch is unchanged then
     * @throws IndexOutOfBoundsException if the part isn't inside the array
     */
    public boolean add(InetSocketAddress remote, byte[] payload, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, payload.length);
        if (!hasRoom(length)) {
            return false;
        }
        own.put(end, payload, offset, length);
        append(remote, null, length);
        return true;
    }

    private boolean hasRoom(int length) {
        return entries.size() < entries.max() && length <= own.capacity() - end;
    }

    private void append(InetSocketAddress remote, DatagramPath path, int length) {
        entries.append(remote, path, end, length);
        end += length;
    }

    /**
     * The free memory, to write the next payload in place; {@link #commit(InetSocketAddress, int)} makes it a datagram.
     *
     * <p>It is a view of {@link #memory}: its position is {@link #tailOffset}, where the next payload has to begin, and
     * its limit the end of the memory. Both are set anew by each call; what the caller has done to them means nothing to
     * the batch.
     *
     * @return always the same direct buffer
     */
    public ByteBuffer tail() {
        return tail.limit(own.capacity()).position(end);
    }

    /**
     * Where the free memory begins, for code that writes into {@link #memory} by absolute access or by its address.
     *
     * @return an index into {@link #memory()}; what is free are the {@link #remainingBytes()} from there
     */
    public int tailOffset() {
        return end;
    }

    /**
     * Makes the first bytes of the free memory the next datagram.
     *
     * @param remote where to, or where from; null for the stream's own peer
     * @param length how many bytes
     * @throws BufferOverflowException if there is no room for it
     */
    public void commit(InetSocketAddress remote, int length) {
        commit(remote, length, null);
    }

    /**
     * The same with a path ({@link Rule#O3 O3}).
     *
     * @param remote where to, or where from; null for the stream's own peer
     * @param length how many bytes
     * @param path what else the datagram has or is to have; null for nothing
     * @throws BufferOverflowException if there is no room for it
     */
    public void commit(InetSocketAddress remote, int length, DatagramPath path) {
        if (length < 0 || !hasRoom(length)) {
            throw new BufferOverflowException();
        }
        append(remote, path, length);
    }

    /**
     * Makes the first bytes of the free memory the next datagrams, each of the same size, the last of what is left: as the
     * kernel hands over what UDP_GRO has coalesced. With {@code bytes} 0 it is one empty datagram.
     *
     * @param remote where to, or where from; null for the stream's own peer
     * @param segmentSize the size of each but the last, at least 1
     * @param bytes how many bytes all have together
     * @return how many datagrams that made
     * @throws IllegalArgumentException if the segment size is less than 1
     * @throws BufferOverflowException if there is no room for all; the batch is unchanged then
     */
    public int commit(InetSocketAddress remote, int segmentSize, int bytes) {
        return commit(remote, segmentSize, bytes, null);
    }

    /**
     * The same with a path ({@link Rule#O3 O3}), which all of them have.
     *
     * @param remote where to, or where from; null for the stream's own peer
     * @param segmentSize the size of each but the last, at least 1
     * @param bytes how many bytes all have together
     * @param path what else they have or are to have; null for nothing
     * @return how many datagrams that made
     * @throws IllegalArgumentException if the segment size is less than 1
     * @throws BufferOverflowException if there is no room for all; the batch is unchanged then
     */
    public int commit(InetSocketAddress remote, int segmentSize, int bytes, DatagramPath path) {
        if (segmentSize < 1) {
            throw new IllegalArgumentException("a segment size of " + segmentSize + "; 1 or more are possible");
        }
        int whole = bytes / segmentSize;
        int rest = bytes % segmentSize;
        int count = Math.max(1, whole + (rest > 0 ? 1 : 0));
        if (bytes < 0 || count > entries.max() - entries.size() || bytes > own.capacity() - end) {
            throw new BufferOverflowException();
        }
        if (whole > 0) {
            entries.append(remote, path, end, segmentSize, whole);
            end += whole * segmentSize;
        }
        if (rest > 0 || bytes == 0) {
            append(remote, path, rest);
        }
        return count;
    }

    /**
     * How many datagrams it holds.
     *
     * @return 0 to {@link #maxDatagrams()}
     */
    public int size() {
        return entries.size();
    }

    /**
     * How many datagrams it can hold.
     *
     * @return what was given at creation
     */
    public int maxDatagrams() {
        return entries.max();
    }

    /**
     * How many bytes of payload still fit.
     *
     * @return 0 or more
     */
    public int remainingBytes() {
        return own.capacity() - end;
    }

    /**
     * Where a payload begins.
     *
     * @param index of the datagram
     * @return an index into {@link #memory()}
     */
    public int offset(int index) {
        return entries.offset(index);
    }

    /**
     * The length of a payload.
     *
     * @param index of the datagram
     * @return bytes
     */
    public int length(int index) {
        return entries.length(index);
    }

    /**
     * Where a datagram goes to or came from.
     *
     * @param index of the datagram
     * @return the address; null for the stream's own peer
     */
    public InetSocketAddress remoteAddress(int index) {
        return entries.remote(index);
    }

    /**
     * What a datagram has or is to have besides its address ({@link Rule#O3 O3}).
     *
     * @param index of the datagram
     * @return the path; null for none
     */
    public DatagramPath path(int index) {
        return entries.path(index);
    }

    /**
     * Where a run of datagrams ends that have the same address and path objects, the same length, and payloads one behind
     * the other. A sender checks, counts and sends a run as one.
     *
     * @param index of a datagram of the run
     * @return the index behind the run's last, at most {@link #size()}
     */
    public int runEnd(int index) {
        return entries.runEnd(index);
    }

    /**
     * The memory in which the payloads lie, at {@link #offset} and of {@link #length}. Its position and limit mean
     * nothing: leave them, and use absolute access or a duplicate.
     *
     * @return the same direct buffer from one {@link #clear} to the next
     */
    public ByteBuffer memory() {
        return memory;
    }

    /**
     * A copy of one payload's bytes.
     *
     * @param index of the datagram
     * @return a new array
     */
    public byte[] bytes(int index) {
        byte[] bytes = new byte[length(index)];
        memory.get(offset(index), bytes);
        return bytes;
    }

    /**
     * Takes datagrams out; the others move up, and their payloads stay where they are.
     *
     * @param from only from this index on
     * @param unwanted says of an index whether to take it out
     * @return how many were taken out
     */
    public int removeIf(int from, IntPredicate unwanted) {
        int removed = entries.removeIf(from, unwanted);
        if (removed > 0 && memory == own) {
            end = entries.end();
        }
        return removed;
    }

    /**
     * Makes this batch a view of datagrams of another one, until it is cleared: it has their entries as they are now, in
     * the other's memory, and no free memory of its own. For providers: what has been checked in a view is what is sent
     * from it, even if another thread changes the other batch in the meantime. Nothing is copied but the entries of runs.
     *
     * @param other whose datagrams to show
     * @param from the first of them
     * @param to one behind the last
     * @throws IndexOutOfBoundsException if the range isn't inside the other batch
     * @throws IllegalArgumentException if there are more than {@link #maxDatagrams()}
     * @throws IllegalStateException if another thread is changing the other batch, so that an entry lies outside of its
     *     memory
     */
    public void view(DatagramBatch other, int from, int to) {
        ByteBuffer shown = other.memory;
        entries.copy(other.entries, from, to, shown.capacity());
        memory = shown;
        end = own.capacity();
    }

    /**
     * Empties it. Entries and memory can be used again. An entry's address stays reachable until the entry has another or
     * the batch itself is let go: to forget it here would cost every use of the batch a store of each reference.
     */
    public void clear() {
        entries.clear();
        if (memory != own) {
            memory = own;
        }
        end = 0;
    }

    @Override
    public String toString() {
        return "DatagramBatch[" + size() + " of " + maxDatagrams() + " datagrams, " + remainingBytes() + " bytes free]";
    }
}
