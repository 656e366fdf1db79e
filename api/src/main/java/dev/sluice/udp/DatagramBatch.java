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
    private final ByteBuffer memory;
    private final ByteBuffer tail;
    private final int[] offsets;
    private final int[] lengths;
    private final InetSocketAddress[] remotes;
    private int size;
    private int end;

    /**
     * How many from the first have the first one's address and length, and lie one behind the other. They have no entries
     * in the arrays: what a datagram costs that is like the one before is a comparison, and no send has to count the run.
     */
    private int alike;

    private int alikeLength;
    private InetSocketAddress alikeRemote;

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
        memory = ByteBuffer.allocateDirect(maxBytes);
        tail = memory.duplicate();
        offsets = new int[maxDatagrams];
        lengths = new int[maxDatagrams];
        remotes = new InetSocketAddress[maxDatagrams];
    }

    /**
     * Appends a copy of a payload, which is read from position to limit and left as it is.
     *
     * @param remote where to; null for the stream's own peer
     * @param payload the payload, of any kind of buffer
     * @return false if there is no room for it; the batch is unchanged then
     */
    public boolean add(InetSocketAddress remote, ByteBuffer payload) {
        int length = payload.remaining();
        if (size == offsets.length || length > memory.capacity() - end) {
            return false;
        }
        if (payload.hasArray()) {
            // An array is what it is; of a buffer the JDK asks its kind, each time, once a process has used several.
            memory.put(end, payload.array(), payload.arrayOffset() + payload.position(), length);
        } else {
            memory.put(end, payload, payload.position(), length);
        }
        append(remote, length);
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
        if (size == offsets.length || length > memory.capacity() - end) {
            return false;
        }
        memory.put(end, payload, offset, length);
        append(remote, length);
        return true;
    }

    /**
     * The free memory, to write the next payload in place; {@link #commit} makes it a datagram.
     *
     * @return always the same buffer, from position 0 of the free memory's first byte to its end
     */
    public ByteBuffer tail() {
        return tail.limit(memory.capacity()).position(end);
    }

    /**
     * Makes the first bytes of the free memory the next datagram.
     *
     * @param remote where to; null for the stream's own peer
     * @param length how many bytes
     * @throws BufferOverflowException if there is no room for it
     */
    public void commit(InetSocketAddress remote, int length) {
        if (size == offsets.length || length < 0 || length > memory.capacity() - end) {
            throw new BufferOverflowException();
        }
        append(remote, length);
    }

    private void append(InetSocketAddress remote, int length) {
        if (size == 0) {
            alikeLength = length;
            if (alikeRemote != remote) { // storing a reference is dear, and the last one is often the same
                alikeRemote = remote;
            }
        }
        if (alike == size && alikeRemote == remote && alikeLength == length) {
            alike++;
        } else {
            offsets[size] = end;
            lengths[size] = length;
            if (remotes[size] != remote) {
                remotes[size] = remote;
            }
        }
        size++;
        end += length;
    }

    /**
     * How many datagrams it holds.
     *
     * @return 0 to {@link #maxDatagrams()}
     */
    public int size() {
        return size;
    }

    /**
     * How many datagrams it can hold.
     *
     * @return what was given at creation
     */
    public int maxDatagrams() {
        return offsets.length;
    }

    /**
     * How many bytes of payload still fit.
     *
     * @return 0 or more
     */
    public int remainingBytes() {
        return memory.capacity() - end;
    }

    /**
     * Where a payload begins.
     *
     * @param index of the datagram
     * @return an index into {@link #memory()}
     */
    public int offset(int index) {
        return Objects.checkIndex(index, size) < alike ? index * alikeLength : offsets[index];
    }

    /**
     * The length of a payload.
     *
     * @param index of the datagram
     * @return bytes
     */
    public int length(int index) {
        return Objects.checkIndex(index, size) < alike ? alikeLength : lengths[index];
    }

    /**
     * Where a datagram goes to or came from.
     *
     * @param index of the datagram
     * @return the address; null for the stream's own peer
     */
    public InetSocketAddress remoteAddress(int index) {
        return Objects.checkIndex(index, size) < alike ? alikeRemote : remotes[index];
    }

    /**
     * Where a run of datagrams ends that have the same address object, the same length, and payloads one behind the
     * other. A sender checks, counts and sends a run as one.
     *
     * @param index of a datagram of the run
     * @return the index behind the run's last, at most {@link #size()}
     */
    public int runEnd(int index) {
        Objects.checkIndex(index, size);
        if (index < alike) {
            return alike;
        }
        int next = index + 1;
        while (next < size && goesOn(next)) {
            next++;
        }
        return next;
    }

    /** Whether a datagram, which isn't the first, belongs to the run of the one before. */
    private boolean goesOn(int index) {
        int before = index - 1;
        return remotes[index] == remotes[before]
                && lengths[index] == lengths[before]
                && offsets[index] == offsets[before] + lengths[before];
    }

    /**
     * The memory in which the payloads lie, at {@link #offset} and of {@link #length}. Its position and limit mean
     * nothing: leave them, and use absolute access or a duplicate.
     *
     * @return always the same direct buffer
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
        Objects.checkFromToIndex(from, size, size);
        int kept = from;
        int untouched = size;
        for (int i = from; i < size; i++) {
            if (unwanted.test(i)) {
                untouched = Math.min(untouched, i);
            } else {
                if (kept < i) {
                    offsets[kept] = offset(i);
                    lengths[kept] = length(i);
                    remotes[kept] = remoteAddress(i);
                }
                kept++;
            }
        }
        int removed = size - kept;
        alike = Math.min(alike, untouched);
        truncate(kept);
        return removed;
    }

    /**
     * Empties it. Entries and memory can be used again. An entry's address stays reachable until the entry has another or
     * the batch itself is let go: to forget it here would cost every use of the batch a store of each reference.
     */
    public void clear() {
        truncate(0);
    }

    private void truncate(int newSize) {
        size = newSize;
        alike = Math.min(alike, newSize);
        end = newSize == 0 ? 0 : offset(newSize - 1) + length(newSize - 1);
    }
}
