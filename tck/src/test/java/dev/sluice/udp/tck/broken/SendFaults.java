// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck.broken;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.DatagramTransport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Faults of a transport's sends. */
final class SendFaults {
    static final List<Fault> ALL = List.of(
            // Netty's EpollDatagramChannel: reports success for an empty datagram and drops it.
            Fault.ofTransport("empty datagram dropped", "S6_anEmptyDatagramIsADatagram", sound -> new Faulty(sound) {
                @Override
                public int send(DatagramBatch batch, int from, int to) throws IOException {
                    return batch.length(from) == 0 ? 1 : super.send(batch, from, to);
                }
            }),

            // The same: a batch around an empty one sends a neighbour twice.
            Fault.ofTransport("neighbour doubled", "S6_anEmptyDatagramIsADatagram", sound -> new Faulty(sound) {
                @Override
                public int send(DatagramBatch batch, int from, int to) throws IOException {
                    boolean empty = batch.length(from) == 0 && from + 1 < to;
                    return super.send(batch, empty ? from + 1 : from, to);
                }
            }),

            // Connected NIO: an empty datagram to the peer is never sent.
            Fault.ofTransport(
                    "empty datagram to the peer dropped",
                    "S6_anEmptyDatagramToThePeerIsADatagram",
                    sound -> new Faulty(sound) {
                        @Override
                        public int send(DatagramBatch batch, int from, int to) throws IOException {
                            boolean dropped = batch.length(from) == 0 && batch.remoteAddress(from) == null;
                            return dropped ? 1 : super.send(batch, from, to);
                        }
                    }),

            // A segment option that was left set splits what comes later (quinn 2575).
            Fault.ofTransport("stale segment option", "S6_aLaterSingleDatagramIsNotSplit", sound -> new Faulty(sound) {
                private int segment = Integer.MAX_VALUE;

                @Override
                public int send(DatagramBatch batch, int from, int to) throws IOException {
                    int length = batch.length(from);
                    if (to - from > 1) {
                        segment = Math.max(1, length);
                    } else if (length > segment) {
                        return sendSplit(batch, from, length);
                    }
                    return super.send(batch, from, to);
                }

                private int sendSplit(DatagramBatch batch, int from, int length) throws IOException {
                    ByteBuffer payload = ByteBuffer.wrap(batch.bytes(from));
                    for (int at = 0; at < length; at += segment) {
                        DatagramBatch part = new DatagramBatch(1, segment);
                        part.add(batch.remoteAddress(from), payload.slice(at, Math.min(segment, length - at)));
                        super.send(part, 0, 1);
                    }
                    return 1;
                }
            }),

            // Batches beyond a size are counted and partly skipped (libuv 5245).
            Fault.ofTransport("counted but skipped", "S1_aWholePermitInOneCall", sound -> new Faulty(sound) {
                @Override
                public int send(DatagramBatch batch, int from, int to) throws IOException {
                    int sent = super.send(batch, from, to);
                    return to - from > 20 ? Math.min(to - from, sent + 1) : sent;
                }
            }),

            // Sorts a batch for the sake of longer runs.
            Fault.ofTransport("wrong order", "S1_sendsInOrderAndCounts", sound -> new Faulty(sound) {
                @Override
                public int send(DatagramBatch batch, int from, int to) throws IOException {
                    for (int i = to - 1; i >= from; i--) {
                        super.send(batch, i, i + 1);
                    }
                    return to - from;
                }
            }),

            // Queues what it counts, and forgets the queue when it is closed.
            Fault.ofTransport("lost on close", "S1_whatWasCountedSurvivesClose", SendFaults::queueing),

            // The gate never closes: what the full buffer doesn't take is counted and lost (java-dogstatsd-client 71).
            Fault.ofTransport(
                    "silent overflow", "C4_theGateOpensAgainUntilEverythingIsSent", sound -> new Faulty(sound) {
                        @Override
                        public int send(DatagramBatch batch, int from, int to) throws IOException {
                            return Math.max(1, super.send(batch, from, to));
                        }
                    }),

            // Calls a full buffer an error.
            Fault.ofTransport(
                    "full buffer is an error", "C4_theGateOpensAgainUntilEverythingIsSent", sound -> new Faulty(sound) {
                        @Override
                        public int send(DatagramBatch batch, int from, int to) throws IOException {
                            int sent = super.send(batch, from, to);
                            if (sent == 0) {
                                throw new SocketErrorException(ErrorCode.OUT_OF_MEMORY, "No buffer space available");
                            }
                            return sent;
                        }
                    }));

    private SendFaults() {}

    /** A transport that sends each datagram only when the next one comes. */
    static DatagramTransport queueing(DatagramTransport sound) {
        return new Faulty(sound) {
            private DatagramBatch queue;

            @Override
            public int send(DatagramBatch batch, int from, int to) throws IOException {
                if (queue != null) {
                    super.send(queue, 0, 1);
                }
                queue = new DatagramBatch(1, batch.length(from));
                queue.add(batch.remoteAddress(from), ByteBuffer.wrap(batch.bytes(from)));
                return 1;
            }
        };
    }
}
