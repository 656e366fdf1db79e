// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.netlab;

import dev.sluice.udp.OutgoingDatagram;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Datagrams that can be told apart. */
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

    /** The sum of a list, as the peer computes it of what arrives. */
    static Arrived expected(List<OutgoingDatagram> datagrams) {
        Tally tally = new Tally();
        datagrams.forEach(datagram -> tally.add(datagram.data()));
        return tally.arrived();
    }
}
