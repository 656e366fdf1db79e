// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.sockets;

import dev.sluice.endive.abi.GuestMemory;
import dev.sluice.endive.abi.Trap;
import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.OutgoingDatagramStream;
import java.net.InetSocketAddress;

/**
 * Copies datagrams between the guest's memory and a batch. A guest makes one call at a time, so one batch is enough for
 * all its sockets.
 *
 * <p>An outgoing-datagram has 44 bytes aligned to 4: the payload's pointer at 0 and length at 4, the option of an address
 * at 8 with its value at 12. An incoming-datagram has 40 bytes: pointer at 0, length at 4, address at 8.
 */
final class Datagrams {
    /** Room for a few of the largest datagrams. */
    static final int LEAST_CAPACITY = 4 << 16;

    private static final int ALIGNMENT = 4;
    private static final int OUTGOING_SIZE = 44;
    private static final int INCOMING_SIZE = 40;

    /** How much of a payload is copied: one byte more than a datagram may have, so that {@code send} refuses it (E6). */
    static final int MOST_COPIED = IpAddressFamily.IPV6.maxDatagramSize() + 1;

    private final int capacityLimit;
    private final byte[] payload = new byte[IpAddressFamily.IPV6.maxDatagramSize()];
    private DatagramBatch batch;
    private int capacity;

    /** The address lifted last and its bytes: most datagrams have the destination of the one before. */
    private InetSocketAddress lastAddress;

    private final byte[] lastBytes = new byte[AddressCodec.SIZE];

    Datagrams(int heldBytes) {
        this.capacityLimit = heldBytes;
    }

    /** How many datagrams of the largest size fit in a batch. */
    int mostPermitted() {
        return capacityLimit / MOST_COPIED;
    }

    private DatagramBatch batch(int bytes) {
        if (batch == null || capacity < bytes) {
            long doubled = 2L * Integer.highestOneBit(bytes); // so that it grows only a few times
            capacity = (int) Math.min(capacityLimit, Math.max(LEAST_CAPACITY, doubled));
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
        return batch(LEAST_CAPACITY);
    }

    /** Traps unless a list of outgoing-datagrams is in bounds and aligned. */
    static void checkOutgoing(GuestMemory memory, int pointer, int count) {
        memory.checkList(pointer, count, OUTGOING_SIZE, ALIGNMENT);
    }

    /** Copies the guest's list, which has been checked and permitted, to a batch. */
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

    /** The length has been checked, so it is not negative. */
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
                throw Trap.badCase(records[option]);
        }
    }

    /** Copies what was received to memory that the guest allocates, and writes the list's pointer and length. */
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
