package dev.sluice.netlab;

import dev.sluice.udp.OutgoingDatagram;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** Datagrams that can be told apart, and the checksum by which the two ends compare them. */
final class Payloads {
    private Payloads() {}

    /** A list of datagrams of one size, numbered from a number on. */
    static List<OutgoingDatagram> list(int count, int size, int firstNumber, InetSocketAddress remote) {
        List<OutgoingDatagram> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ByteBuffer payload = ByteBuffer.allocate(size);
            for (int at = 0; at + 4 <= size; at += 4) {
                payload.putInt(at, firstNumber + i);
            }
            list.add(new OutgoingDatagram(payload, remote));
        }
        return list;
    }

    /** Adds one datagram: its length and its bytes. */
    static void update(CRC32 checksum, ByteBuffer payload) {
        int length = payload.remaining();
        checksum.update(length >>> 8);
        checksum.update(length);
        checksum.update(payload.duplicate());
    }

    /** The sum of a list, as the peer computes it of what arrives. */
    static Arrived expected(List<OutgoingDatagram> datagrams) {
        CRC32 checksum = new CRC32();
        long bytes = 0;
        for (OutgoingDatagram datagram : datagrams) {
            bytes += datagram.data().remaining();
            update(checksum, datagram.data());
        }
        return new Arrived(datagrams.size(), bytes, checksum.getValue());
    }

    /** What arrived at a port of the peer. */
    record Arrived(long datagrams, long bytes, long checksum) {}
}
