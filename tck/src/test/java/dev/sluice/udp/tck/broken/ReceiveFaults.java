// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck.broken;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.SocketErrorException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/** Faults of a transport's receives. */
final class ReceiveFaults {
    static final List<Fault> ALL = List.of(
            // Calls "nothing there" an error.
            Fault.ofTransport("would block thrown", "R1_nothingThereIsAnEmptyAnswer", sound -> new Faulty(sound) {
                @Override
                public int receive(DatagramBatch into, int max) throws IOException {
                    int received = super.receive(into, max);
                    if (received == 0) {
                        throw new SocketErrorException(ErrorCode.WOULD_BLOCK, "try again");
                    }
                    return received;
                }
            }),

            // Reads into too small a buffer.
            Fault.ofTransport("truncating receive", "R3_exactBytesAndSource", sound -> new Faulty(sound) {
                @Override
                public int receive(DatagramBatch into, int max) throws IOException {
                    DatagramBatch whole = new DatagramBatch(1, 70_000);
                    if (super.receive(whole, 1) == 0) {
                        return 0;
                    }
                    byte[] bytes = whole.bytes(0);
                    into.add(whole.remoteAddress(0), bytes, 0, Math.min(bytes.length, 8_192));
                    return 1;
                }
            }),

            // Takes an empty datagram for none.
            Fault.ofTransport("empty datagram not received", "R3_exactBytesAndSource", sound -> new Faulty(sound) {
                @Override
                public int receive(DatagramBatch into, int max) throws IOException {
                    int first = into.size();
                    super.receive(into, max);
                    into.removeIf(first, i -> into.length(i) == 0);
                    return into.size() - first;
                }
            }),

            // Takes more than it was asked for.
            Fault.ofTransport("receives too many", "R1_atMostSoManyIntoABatch", sound -> new Faulty(sound) {
                @Override
                public int receive(DatagramBatch into, int max) throws IOException {
                    return super.receive(into, max + 1);
                }
            }),

            // NIO's connect: throws the queue away.
            Fault.ofTransport(
                    "queue lost on connect", "U4_ofWhatWasQueuedOnlyThePeersIsKept", sound -> new Faulty(sound) {
                        @Override
                        public InetSocketAddress connect(InetSocketAddress remote) throws IOException {
                            DatagramBatch lost = new DatagramBatch(100, 200_000);
                            try {
                                super.receive(lost, 100);
                            } catch (IOException alsoLost) { // as the fault has it
                            }
                            return super.connect(remote);
                        }
                    }));

    private ReceiveFaults() {}
}
