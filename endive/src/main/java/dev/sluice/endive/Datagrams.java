package dev.sluice.endive;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.OutgoingDatagramStream;
import java.net.InetSocketAddress;

/**
 * Carries datagrams between the guest's memory and a batch, which serves all its sockets, since a guest does one thing
 * at a time.
 *
 * <p>An outgoing-datagram takes 44 bytes aligned to 4: the payload's pointer at 0 and length at 4, the address's option
 * at 8 and value at 12. An incoming-datagram takes 40: pointer at 0, length at 4, address at 8.
 */
final class Datagrams {
    private static final int ALIGNMENT = 4;
    private static final int OUTGOING_SIZE = 44;
    private static final int INCOMING_SIZE = 40;

    /** More than any datagram may have, so that what is too large is found to be (E6), and no more than that is copied. */
    private static final int MOST_COPIED = IpAddressFamily.IPV6.maxDatagramSize() + 1;

    private static final int FIRST_CAPACITY = Limits.LEAST_HELD_BYTES;

    private final int capacityLimit;
    private final byte[] payload = new byte[IpAddressFamily.IPV6.maxDatagramSize()];
    private DatagramBatch batch;
    private int capacity;

    /** The last address lifted and its bytes: datagrams mostly go where the one before went. */
    private InetSocketAddress lastAddress;

    private final byte[] lastBytes = new byte[AddressCodec.SIZE];

    Datagrams(int heldBytes) {
        this.capacityLimit = heldBytes;
    }

    /** How many datagrams one batch holds at least, however large they are. */
    int mostPermitted() {
        return capacityLimit / MOST_COPIED;
    }

    private DatagramBatch batch(int bytes) {
        if (batch == null || capacity < bytes) {
            long doubled = 2L * Integer.highestOneBit(bytes); // so that it grows a few times only
            capacity = (int) Math.min(capacityLimit, Math.max(FIRST_CAPACITY, doubled));
            batch = new DatagramBatch(OutgoingDatagramStream.MAX_PERMIT, capacity);
        }
        batch.clear();
        return batch;
    }

    /** An empty batch. */
    DatagramBatch empty() {
        return batch(0);
    }

    /** An empty batch with room to receive. */
    DatagramBatch forReceiving() {
        return batch(FIRST_CAPACITY);
    }

    /** Traps unless a list of outgoing-datagrams lies in the memory. */
    static void checkOutgoing(GuestMemory memory, int pointer, int count) {
        memory.checkList(pointer, count, OUTGOING_SIZE, ALIGNMENT);
    }

    /** A batch with the guest's list, which has been checked and permitted. */
    DatagramBatch lift(GuestMemory memory, int pointer, int count) {
        byte[] records = memory.bytes(pointer, count * OUTGOING_SIZE);
        int bytes = 0;
        for (int at = 0; at < records.length; at += OUTGOING_SIZE) {
            int length = getInt(records, at + 4);
            memory.checkList(getInt(records, at), length, 1, 1);
            bytes += copied(length);
        }
        DatagramBatch filled = batch(bytes);
        for (int at = 0; at < records.length; at += OUTGOING_SIZE) {
            byte[] data = memory.bytes(getInt(records, at), copied(getInt(records, at + 4)));
            filled.add(address(records, at + 8), data, 0, data.length);
        }
        return filled;
    }

    /** Lengths have been checked: they are not negative. */
    private static int copied(int length) {
        return Math.min(length, MOST_COPIED);
    }

    private InetSocketAddress address(byte[] records, int option) {
        int value = option + 4;
        switch (records[option]) {
            case 0:
                return null;
            case 1:
                if (lastAddress == null || !AddressCodec.isSame(records, value, lastBytes, 0)) {
                    lastAddress = AddressCodec.lift(records, value);
                    System.arraycopy(records, value, lastBytes, 0, AddressCodec.SIZE);
                }
                return lastAddress;
            default:
                throw AddressCodec.badCase(records[option]);
        }
    }

    /** Gives the guest the list of what was received, and writes its pointer and length at an address. */
    void lower(DatagramBatch received, GuestMemory memory, int result) {
        int count = received.size();
        byte[] records = new byte[count * INCOMING_SIZE];
        int list = memory.allocate(ALIGNMENT, records.length);
        for (int i = 0; i < count; i++) {
            int length = received.length(i);
            int data = memory.allocate(1, length);
            received.memory().get(received.offset(i), payload, 0, length);
            memory.putBytes(data, payload, 0, length);
            int at = i * INCOMING_SIZE;
            putInt(records, at, data);
            putInt(records, at + 4, length);
            AddressCodec.lower(received.remoteAddress(i), records, at + 8);
        }
        memory.putBytes(list, records, 0, records.length);
        memory.putList(result, list, count);
    }

    private static int getInt(byte[] bytes, int offset) {
        return bytes[offset] & 0xff
                | (bytes[offset + 1] & 0xff) << 8
                | (bytes[offset + 2] & 0xff) << 16
                | bytes[offset + 3] << 24;
    }

    private static void putInt(byte[] bytes, int offset, int value) {
        bytes[offset] = (byte) value;
        bytes[offset + 1] = (byte) (value >> 8);
        bytes[offset + 2] = (byte) (value >> 16);
        bytes[offset + 3] = (byte) (value >> 24);
    }
}
