// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck.broken;

import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.SendNotPermittedException;
import dev.sluice.udp.SocketErrorException;
import java.util.List;

/** Faults of an outgoing stream's gate and permit. */
final class PermitFaults {
    static final List<Fault> ALL = List.of(
            // A missing trap (wasmtime 12641; jco).
            Fault.ofStream("no trap", "S5_sendWithoutPermitTraps", out -> new Delegate.Out(out) {
                @Override
                public int send(List<OutgoingDatagram> list) throws SocketErrorException {
                    sound.checkSend();
                    return sound.send(list);
                }
            }),

            // The size of the permit is not checked.
            Fault.ofStream(
                    "more than permitted", "S5_sendBeyondThePermitTrapsAndSpendsIt", out -> new Delegate.Out(out) {
                        @Override
                        public int send(List<OutgoingDatagram> list) throws SocketErrorException {
                            return sound.send(list.subList(0, Math.min(list.size(), MAX_PERMIT)));
                        }
                    }),

            // A permit is spent only by what was sent.
            Fault.ofStream("permit survives an error", "S5_anySendSpendsThePermit", out -> new Delegate.Out(out) {
                @Override
                public int send(List<OutgoingDatagram> list) throws SocketErrorException {
                    try {
                        return sound.send(list);
                    } catch (SocketErrorException e) {
                        sound.checkSend();
                        throw e;
                    }
                }
            }),

            // A permit is added to what is left of the one before.
            Fault.ofStream("permit added up", "C3_permitsAreNotAddedUp", out -> new Delegate.Out(out) {
                private int permitted;

                @Override
                public int checkSend() throws SocketErrorException {
                    int more = sound.checkSend();
                    permitted += more;
                    return more;
                }

                @Override
                public int send(List<OutgoingDatagram> list) throws SocketErrorException {
                    if (list.size() > permitted) {
                        return sound.send(list);
                    }
                    permitted -= list.size();
                    sound.checkSend();
                    return sound.send(list.subList(0, Math.min(list.size(), MAX_PERMIT)));
                }
            }),

            // A larger answer than WASI's programs are made for.
            Fault.ofStream("permit without bound", "C1_answersOneTo1024WhileOpen", out -> new Delegate.Out(out) {
                @Override
                public int checkSend() throws SocketErrorException {
                    return sound.checkSend() > 0 ? Integer.MAX_VALUE : 0;
                }
            }),

            // Permit and pollable come from two facts (wasmtime 12612).
            Fault.ofStream("dual gate", "C2_pollableAndPermitAgree", out -> new Delegate.Out(out) {
                private int calls;

                @Override
                public int checkSend() throws SocketErrorException {
                    int permitted = sound.checkSend();
                    return ++calls % 16 == 0 ? 0 : permitted;
                }
            }),

            // An empty list traps.
            Fault.ofStream("empty list needs a permit", "S4_anEmptyListNeedsNoPermit", out -> new Delegate.Out(out) {
                @Override
                public int send(List<OutgoingDatagram> list) throws SocketErrorException {
                    if (list.isEmpty()) {
                        throw new SendNotPermittedException(0, 0);
                    }
                    return sound.send(list);
                }
            }),

            // An empty list uses the permit up.
            Fault.ofStream(
                    "empty list spends the permit", "S4_anEmptyListSpendsNoPermit", out -> new Delegate.Out(out) {
                        private boolean spent;

                        @Override
                        public int checkSend() throws SocketErrorException {
                            spent = false;
                            return sound.checkSend();
                        }

                        @Override
                        public int send(List<OutgoingDatagram> list) throws SocketErrorException {
                            if (spent) {
                                throw new SendNotPermittedException(0, list.size());
                            }
                            spent = true;
                            return sound.send(list);
                        }
                    }));

    private PermitFaults() {}
}
