// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck.broken;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.SocketErrorException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/** Faults of a transport with errors. */
final class ErrorFaults {
    static final List<Fault> ALL = List.of(
            // Takes a pending error for its own, sends the datagram again, and so hides the error (quinn, msquic).
            Fault.ofTransport(
                    "pending error hidden",
                    "S8_aPendingErrorIsReportedOnceAndItsDatagramNotCounted",
                    sound -> new Faulty(sound) {
                        @Override
                        public int send(DatagramBatch batch, int from, int to) throws IOException {
                            try {
                                return super.send(batch, from, to);
                            } catch (IOException retried) {
                                return super.send(batch, from, to);
                            }
                        }
                    }),

            // The same for several datagrams at once only.
            Fault.ofTransport(
                    "pending error hidden from several",
                    "S8_aListAndABatchMeetThePendingErrorToo",
                    sound -> new Faulty(sound) {
                        @Override
                        public int send(DatagramBatch batch, int from, int to) throws IOException {
                            try {
                                return super.send(batch, from, to);
                            } catch (IOException retried) {
                                if (to - from == 1) {
                                    throw retried;
                                }
                                return super.send(batch, from, to);
                            }
                        }
                    }),

            // Counts the datagram whose send met the pending error.
            Fault.ofTransport(
                    "pending error counted as sent",
                    "S8_aListAndABatchMeetThePendingErrorToo, S2_S8_anErrorInTheMiddleOfAListIsReportedOnce",
                    sound -> new Faulty(sound) {
                        @Override
                        public int send(DatagramBatch batch, int from, int to) throws IOException {
                            try {
                                return super.send(batch, from, to);
                            } catch (IOException pending) {
                                return 1;
                            }
                        }
                    }),

            // sendmmsg(2): an error that is met behind a success is forgotten by the kernel, and the call answers a
            // count.
            Fault.ofTransport(
                    "pending error lost behind a success",
                    "S2_S8_anErrorInTheMiddleOfAListIsReportedOnce, S2_S8_anErrorInTheMiddleOfABatchIsReportedOnce",
                    sound -> new Faulty(sound) {
                        @Override
                        public int send(DatagramBatch batch, int from, int to) throws IOException {
                            int sent = super.send(batch, from, to);
                            while (sent > 0 && from + sent < to) {
                                try {
                                    int more = super.send(batch, from + sent, to);
                                    if (more == 0) {
                                        break;
                                    }
                                    sent += more;
                                } catch (IOException forgotten) {
                                    break;
                                }
                            }
                            return sent;
                        }
                    }),

            // Reports a pending error, but transmits the datagram whose send met it.
            Fault.ofTransport(
                    "pending error on the wrong datagram",
                    "S8_aPendingErrorIsReportedOnceAndItsDatagramNotCounted",
                    sound -> new Faulty(sound) {
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

            // Reports a pending error again and again.
            Fault.ofTransport(
                    "pending error twice",
                    "S8_aPendingErrorIsReportedOnceAndItsDatagramNotCounted",
                    sound -> new Faulty(sound) {
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

            // An error of the old peer reaches the new one.
            Fault.ofTransport("old peers error", "U3_anErrorOfTheOldPeerIsForgotten", sound -> new Faulty(sound) {
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

            // Every failed bind is "address in use".
            Fault.ofTransport("bind errors alike", "U2_aForeignAddressIsNotBindable", sound -> new Faulty(sound) {
                @Override
                public InetSocketAddress bind(InetSocketAddress local) throws IOException {
                    try {
                        return super.bind(local);
                    } catch (IOException e) {
                        throw new SocketErrorException(ErrorCode.ADDRESS_IN_USE, "Address already in use");
                    }
                }
            }),

            // The errno is lost on the way.
            Fault.ofTransport("errors unknown", "E8_aClosedPort", sound -> new Faulty(sound) {
                @Override
                public int send(DatagramBatch batch, int from, int to) throws IOException {
                    try {
                        return super.send(batch, from, to);
                    } catch (IOException e) {
                        throw new IOException("something failed");
                    }
                }
            }),

            // A pending error does not count as ready.
            Fault.ofTransport("error not ready", "P2_aPendingErrorIsReady", sound -> new Faulty(sound) {
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

            // Asking for readiness takes the error away.
            Fault.ofTransport("asking consumes the error", "P2_aPendingErrorIsReady", sound -> new Faulty(sound) {
                @Override
                public int readiness(int interest) throws IOException {
                    int ready = super.readiness(interest);
                    DatagramBatch none = new DatagramBatch(1, 1); // takes no datagram: only an error can be received
                    try {
                        super.receive(none, 1);
                    } catch (IOException consumed) { // as the fault has it
                    }
                    return ready;
                }
            }));

    private ErrorFaults() {}
}
