// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck.broken;

import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.Pollable;
import dev.sluice.udp.SocketErrorException;
import java.time.Duration;
import java.util.List;

/** Faults of the shorter ways (J1, J2) and of what a poller relies on (J4). */
final class ShortWayFaults {
    static final List<Fault> ALL = List.of(
            // Written with the calls that it stands for, it takes the permit of the thread beside it.
            Fault.ofStream(
                    "trySend spends a permit",
                    "J1_S5_trySendNeitherGrantsNorSpendsAPermit",
                    out -> new Delegate.Out(out) {
                        @Override
                        public boolean trySend(OutgoingDatagram datagram) throws SocketErrorException {
                            return sound.checkSend() > 0 && sound.send(List.of(datagram)) == 1;
                        }
                    }),

            // An error is taken for a full buffer.
            Fault.ofStream(
                    "trySend swallows errors",
                    "J1_S3_trySendThrowsWhatSendThrows, J1_N1_theNetworkIsAskedForEachOne",
                    out -> new Delegate.Out(out) {
                        @Override
                        public boolean trySend(OutgoingDatagram datagram) {
                            try {
                                return sound.trySend(datagram);
                            } catch (SocketErrorException e) {
                                return false;
                            }
                        }
                    }),

            // Tried again for good measure.
            Fault.ofStream(
                    "trySend sends twice",
                    "J1_anyNumberOfThreadsSendsWithoutALockOfTheirs, J1_trySendNeedsNoPermit",
                    out -> new Delegate.Out(out) {
                        @Override
                        public boolean trySend(OutgoingDatagram datagram) throws SocketErrorException {
                            return sound.trySend(datagram) && sound.trySend(datagram);
                        }
                    }),

            // What the buffer didn't take is called sent.
            Fault.ofStream(
                    "trySend is always content", "J1_C4_trySendSaysFullAndClosesTheGate", out -> new Delegate.Out(out) {
                        @Override
                        public boolean trySend(OutgoingDatagram datagram) throws SocketErrorException {
                            sound.trySend(datagram);
                            return true;
                        }
                    }),

            // The first permit's worth is all that goes.
            Fault.ofStream(
                    "sendAll sends one permit", "J2_sendAllSendsMoreThanAPermitCarries", out -> new Delegate.Out(out) {
                        @Override
                        public int sendAll(List<OutgoingDatagram> datagrams, Duration timeout)
                                throws SocketErrorException, InterruptedException {
                            return sound.sendAll(datagrams.subList(0, Math.min(datagrams.size(), MAX_PERMIT)), timeout);
                        }
                    }),

            // The error behind the last datagram that went is counted, and lost.
            Fault.ofStream(
                    "sendAll tries what it does not tell of",
                    "K1_J2_anErrorIsCountedWhereItIsThrown",
                    out -> new Delegate.Out(out) {
                        @Override
                        public int sendAll(List<OutgoingDatagram> datagrams, Duration timeout)
                                throws SocketErrorException, InterruptedException {
                            int sent = sound.sendAll(datagrams, timeout);
                            if (sent < datagrams.size()) {
                                try {
                                    sound.trySend(datagrams.get(sent));
                                } catch (SocketErrorException lost) {
                                    // counted, and not told
                                }
                            }
                            return sent;
                        }
                    }),

            // It doesn't wait.
            Fault.ofStream("sendAll gives up", "J2_sendAllWaitsUntilEverythingIsSent", out -> new Delegate.Out(out) {
                @Override
                public int sendAll(List<OutgoingDatagram> datagrams, Duration timeout)
                        throws SocketErrorException, InterruptedException {
                    return sound.sendAll(datagrams, Duration.ZERO);
                }
            }),

            // What went before an error or an interruption isn't told.
            Fault.ofStream(
                    "sendAll loses its count",
                    "J2_S2_anErrorBehindTheFirstEndsTheListAndIsMetByTheNext, J2_sendAllIsInterruptibleAndLosesNoCount",
                    out -> new Delegate.Out(out) {
                        @Override
                        public int sendAll(List<OutgoingDatagram> datagrams, Duration timeout)
                                throws SocketErrorException, InterruptedException {
                            int sent = sound.sendAll(datagrams, timeout);
                            if (Thread.interrupted()) {
                                throw new InterruptedException();
                            }
                            if (sent < datagrams.size()) {
                                sound.sendAll(datagrams.subList(sent, datagrams.size()), Duration.ZERO);
                            }
                            return sent;
                        }
                    }),

            // A closed socket looks like a busy one.
            Fault.ofStream(
                    "the end isn't told", "J4_U7_aClosedSocketIsToldOnceAndLeaves", out -> new Delegate.Out(out) {
                        @Override
                        public Pollable subscribe() {
                            return new Pollable() {
                                @Override
                                public boolean ready() {
                                    return sound.subscribe().ready();
                                }

                                @Override
                                public Registration onReady(Runnable action) {
                                    return sound.subscribe().onReady(action);
                                }
                            };
                        }
                    }));

    private ShortWayFaults() {}
}
