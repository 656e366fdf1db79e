package dev.sluice.udp.tck.broken;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.DatagramTransport;
import dev.sluice.udp.spi.TransportOption;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.function.UnaryOperator;

/** Faults of a provider's own part, and the test that has to notice each. */
enum TransportFault {
    /** Netty's EpollDatagramChannel: reports success for an empty datagram and drops it. */
    EMPTY_DATAGRAM_DROPPED("S6_anEmptyDatagramIsADatagram", sound -> new Faulty(sound) {
        @Override
        public int send(DatagramBatch batch, int from, int to) throws IOException {
            return batch.length(from) == 0 ? 1 : super.send(batch, from, to);
        }
    }),

    /** The same: a batch around an empty one sends a neighbour twice. */
    NEIGHBOUR_DOUBLED("S6_anEmptyDatagramIsADatagram", sound -> new Faulty(sound) {
        @Override
        public int send(DatagramBatch batch, int from, int to) throws IOException {
            boolean empty = batch.length(from) == 0 && from + 1 < to;
            return super.send(batch, empty ? from + 1 : from, to);
        }
    }),

    /** A segment option that was left set splits what comes later (quinn 2575). */
    STALE_SEGMENT_OPTION("S6_aLaterSingleDatagramIsNotSplit", sound -> new Faulty(sound) {
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

    /** Batches beyond a size are counted and partly skipped (libuv 5245). */
    COUNTED_BUT_SKIPPED("S1_aWholePermitInOneCall", sound -> new Faulty(sound) {
        @Override
        public int send(DatagramBatch batch, int from, int to) throws IOException {
            int sent = super.send(batch, from, to);
            return to - from > 20 ? Math.min(to - from, sent + 1) : sent;
        }
    }),

    /** Sorts a batch for the sake of longer runs. */
    WRONG_ORDER("S1_sendsInOrderAndCounts", sound -> new Faulty(sound) {
        @Override
        public int send(DatagramBatch batch, int from, int to) throws IOException {
            for (int i = to - 1; i >= from; i--) {
                super.send(batch, i, i + 1);
            }
            return to - from;
        }
    }),

    /** Queues what it counts, and forgets the queue when it is closed. */
    LOST_ON_CLOSE("S1_whatWasCountedSurvivesClose", sound -> new Faulty(sound) {
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
    }),

    /** Takes a pending error for its own, sends the datagram again, and so hides the error (quinn, msquic). */
    PENDING_ERROR_HIDDEN("S8_aPendingErrorIsReportedOnceAndItsDatagramNotCounted", sound -> new Faulty(sound) {
        @Override
        public int send(DatagramBatch batch, int from, int to) throws IOException {
            try {
                return super.send(batch, from, to);
            } catch (IOException retried) {
                return super.send(batch, from, to);
            }
        }
    }),

    /** Reports a pending error, but transmits the datagram whose send met it. */
    PENDING_ERROR_ON_THE_WRONG_DATAGRAM(
            "S8_aPendingErrorIsReportedOnceAndItsDatagramNotCounted", sound -> new Faulty(sound) {
                @Override
                public int send(DatagramBatch batch, int from, int to) throws IOException {
                    try {
                        return super.send(batch, from, to);
                    } catch (IOException pending) {
                        super.send(batch, from, to);
                        throw pending;
                    }
                }
            }),

    /** Reports a pending error again and again. */
    PENDING_ERROR_TWICE("S8_aPendingErrorIsReportedOnceAndItsDatagramNotCounted", sound -> new Faulty(sound) {
        private IOException last;

        @Override
        public int send(DatagramBatch batch, int from, int to) throws IOException {
            if (last != null) {
                IOException again = last;
                last = null;
                throw again;
            }
            try {
                return super.send(batch, from, to);
            } catch (IOException first) {
                last = first;
                throw first;
            }
        }
    }),

    /** The gate never closes: what the full buffer doesn't take is counted and lost (java-dogstatsd-client 71). */
    SILENT_OVERFLOW("C4_theGateOpensAgainUntilEverythingIsSent", sound -> new Faulty(sound) {
        @Override
        public int send(DatagramBatch batch, int from, int to) throws IOException {
            return Math.max(1, super.send(batch, from, to));
        }
    }),

    /** Calls a full buffer an error. */
    FULL_BUFFER_IS_AN_ERROR("C4_theGateOpensAgainUntilEverythingIsSent", sound -> new Faulty(sound) {
        @Override
        public int send(DatagramBatch batch, int from, int to) throws IOException {
            int sent = super.send(batch, from, to);
            if (sent == 0) {
                throw new SocketErrorException(ErrorCode.OUT_OF_MEMORY, "No buffer space available");
            }
            return sent;
        }
    }),

    /** Who met a full buffer waits for ever. */
    NEVER_WRITABLE_AGAIN("C4_theGateOpensAgainUntilEverythingIsSent", sound -> new Faulty(sound) {
        private boolean full;

        @Override
        public int send(DatagramBatch batch, int from, int to) throws IOException {
            int sent = super.send(batch, from, to);
            full |= sent == 0;
            return sent;
        }

        @Override
        public int readiness(int interest) throws IOException {
            return super.readiness(interest) & (full ? READABLE : READABLE | WRITABLE);
        }

        @Override
        public void arm(int interest, Runnable ready) throws IOException {
            if (interest == READABLE) {
                super.arm(interest, ready);
            }
        }
    }),

    /** Connected NIO: an empty datagram to the peer is never sent. */
    EMPTY_DATAGRAM_TO_THE_PEER_DROPPED("S6_anEmptyDatagramToThePeerIsADatagram", sound -> new Faulty(sound) {
        @Override
        public int send(DatagramBatch batch, int from, int to) throws IOException {
            boolean dropped = batch.length(from) == 0 && batch.remoteAddress(from) == null;
            return dropped ? 1 : super.send(batch, from, to);
        }
    }),

    /** Calls "nothing there" an error. */
    WOULD_BLOCK_THROWN("R1_nothingThereIsAnEmptyAnswer", sound -> new Faulty(sound) {
        @Override
        public int receive(DatagramBatch into, int max) throws IOException {
            int received = super.receive(into, max);
            if (received == 0) {
                throw new SocketErrorException(ErrorCode.WOULD_BLOCK, "try again");
            }
            return received;
        }
    }),

    /** Reads into too small a buffer. */
    TRUNCATING_RECEIVE("R3_exactBytesAndSource", sound -> new Faulty(sound) {
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

    /** Takes an empty datagram for none. */
    EMPTY_DATAGRAM_NOT_RECEIVED("R3_exactBytesAndSource", sound -> new Faulty(sound) {
        @Override
        public int receive(DatagramBatch into, int max) throws IOException {
            int first = into.size();
            super.receive(into, max);
            into.removeIf(first, i -> into.length(i) == 0);
            return into.size() - first;
        }
    }),

    /** Takes more than it was asked for. */
    RECEIVES_TOO_MANY("R1_atMostSoManyIntoABatch", sound -> new Faulty(sound) {
        @Override
        public int receive(DatagramBatch into, int max) throws IOException {
            return super.receive(into, max + 1);
        }
    }),

    /** NIO's connect: throws the queue away. */
    QUEUE_LOST_ON_CONNECT("U4_strangersQueuedBeforeAreDroppedAndThePeersAreKept", sound -> new Faulty(sound) {
        @Override
        public InetSocketAddress connect(InetSocketAddress remote) throws IOException {
            DatagramBatch lost = new DatagramBatch(100, 200_000);
            try {
                super.receive(lost, 100);
            } catch (IOException alsoLost) { // as the fault has it
            }
            return super.connect(remote);
        }
    }),

    /** Netty's disconnect: the port is another one afterwards. */
    PORT_LOST_ON_RECONNECT("U3_thePortStaysWhileThePeerChanges", sound -> new Faulty(sound) {
        @Override
        public InetSocketAddress connect(InetSocketAddress remote) throws IOException {
            InetSocketAddress local = super.connect(remote);
            return remote != null ? local : new InetSocketAddress(local.getAddress(), local.getPort() ^ 1);
        }
    }),

    /** An error of the old peer reaches the new one. */
    OLD_PEERS_ERROR("U3_anErrorOfTheOldPeerIsForgotten", sound -> new Faulty(sound) {
        @Override
        public InetSocketAddress connect(InetSocketAddress remote) throws IOException {
            IOException old = null;
            if ((sound.readiness(READABLE) & READABLE) != 0) {
                old = new SocketErrorException(ErrorCode.CONNECTION_REFUSED, "the old peer's");
            }
            InetSocketAddress local = super.connect(remote);
            pending = old;
            return local;
        }

        private IOException pending;

        @Override
        public int send(DatagramBatch batch, int from, int to) throws IOException {
            if (pending != null) {
                IOException old = pending;
                pending = null;
                throw old;
            }
            return super.send(batch, from, to);
        }
    }),

    /** A channel that a selector still knows: the port stays taken. */
    PORT_NOT_RELEASED("U7_thePortIsFreeWhenCloseReturns", sound -> new Faulty(sound) {
        @Override
        public void close() {}
    }),

    /** Linux's doubled size handed through. */
    BUFFER_SIZE_DOUBLED("U6_bufferSizesReadBackAsTheyWereSet", sound -> new Faulty(sound) {
        @Override
        public long get(TransportOption option) throws IOException {
            return super.get(option) * (option == TransportOption.UNICAST_HOP_LIMIT ? 1 : 2);
        }
    }),

    /** Says that it has a hop limit, and has none. */
    HOP_LIMIT_IGNORED("U6_hopLimit", sound -> new Faulty(sound) {
        @Override
        public void set(TransportOption option, long value) throws IOException {
            if (option != TransportOption.UNICAST_HOP_LIMIT) {
                super.set(option, value);
            }
        }
    }),

    /** Every failed bind is "address in use". */
    BIND_ERRORS_ALIKE("U2_aForeignAddressIsNotBindable", sound -> new Faulty(sound) {
        @Override
        public InetSocketAddress bind(InetSocketAddress local) throws IOException {
            try {
                return super.bind(local);
            } catch (IOException e) {
                throw new SocketErrorException(ErrorCode.ADDRESS_IN_USE, "Address already in use");
            }
        }
    }),

    /** The errno is lost on the way. */
    ERRORS_UNKNOWN("E8_aClosedPort", sound -> new Faulty(sound) {
        @Override
        public int send(DatagramBatch batch, int from, int to) throws IOException {
            try {
                return super.send(batch, from, to);
            } catch (IOException e) {
                throw new IOException("something failed");
            }
        }
    }),

    /** Pollables that are always ready: waiting spins. */
    ALWAYS_READABLE("P1_aTimeoutEndsTheWait", sound -> new Faulty(sound) {
        @Override
        public int readiness(int interest) throws IOException {
            return interest;
        }
    }),

    /** A pending error is not news. */
    ERROR_NOT_READY("P2_aPendingErrorIsReady", sound -> new Faulty(sound) {
        @Override
        public int readiness(int interest) throws IOException {
            return interest & WRITABLE;
        }

        @Override
        public void arm(int interest, Runnable ready) throws IOException {
            if ((interest & WRITABLE) != 0) {
                super.arm(interest, ready);
            }
        }
    }),

    /** Nobody is told. */
    NEVER_CALLS_BACK("P1_blockReturnsWhenSomethingArrives", sound -> new Faulty(sound) {
        @Override
        public void arm(int interest, Runnable ready) throws IOException {}
    }),

    /** Asking for readiness takes the error away. */
    ASKING_CONSUMES_THE_ERROR("P2_aPendingErrorIsReady", sound -> new Faulty(sound) {
        @Override
        public int readiness(int interest) throws IOException {
            int ready = super.readiness(interest);
            DatagramBatch none = new DatagramBatch(1, 1); // no room: only an error can come out
            try {
                super.receive(none, 1);
            } catch (IOException consumed) { // as the fault has it
            }
            return ready;
        }
    });

    final String test;
    final UnaryOperator<DatagramTransport> breaking;

    TransportFault(String test, UnaryOperator<DatagramTransport> breaking) {
        this.test = test;
        this.breaking = breaking;
    }
}
