// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck.broken;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.Pollable;
import dev.sluice.udp.SocketErrorException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.List;

/** Faults of an outgoing stream's sends. */
final class StreamFaults {
    static final List<Fault> ALL = List.of(
            // Throws for a later one although some were sent: the caller will send those again (wasmtime-ng).
            Fault.ofStream(
                    "error after a partial send", "S2_anErrorBehindASuccessIsMetAgain", out -> new Delegate.Out(out) {
                        @Override
                        public int send(List<OutgoingDatagram> list) throws SocketErrorException {
                            int sent = sound.send(list);
                            if (sent < list.size()) {
                                sound.checkSend();
                                sent += sound.send(list.subList(sent, list.size()));
                            }
                            return sent;
                        }
                    }),

            // Skips a bad one and goes on behind it.
            Fault.ofStream(
                    "goes on behind an error",
                    "S7_nothingBehindTheFirstErrorIsTransmitted",
                    out -> new Delegate.Out(out) {
                        @Override
                        public int send(List<OutgoingDatagram> list) throws SocketErrorException {
                            int sent = sound.send(list);
                            if (sent + 1 < list.size()) {
                                sound.checkSend();
                                sound.send(list.subList(sent + 1, list.size()));
                            }
                            return sent;
                        }
                    }),

            // The first failure swallows the list: one error ends the sender (micrometer 1591).
            Fault.ofStream(
                    "error ends the stream",
                    "S3_anErrorOfTheFirstIsThrownAndTheStreamGoesOn",
                    out -> new Delegate.Out(out) {
                        private SocketErrorException met;

                        @Override
                        public int send(List<OutgoingDatagram> list) throws SocketErrorException {
                            if (met != null) {
                                throw met;
                            }
                            try {
                                return sound.send(list);
                            } catch (SocketErrorException e) {
                                met = e;
                                throw e;
                            }
                        }
                    }),

            // Reads payloads with relative gets.
            Fault.ofStream("buffer position moved", "S7_buffersStayAsTheyWere", out -> new Delegate.Out(out) {
                @Override
                public int send(List<OutgoingDatagram> list) throws SocketErrorException {
                    int sent = sound.send(list);
                    list.subList(0, sent).forEach(datagram -> datagram.data()
                            .position(datagram.data().limit()));
                    return sent;
                }
            }),

            // Lets a connected socket send to others, as Netty does.
            Fault.ofStream("peer not enforced", "E4_anotherThanThePeer", out -> new Delegate.Out(out) {
                @Override
                public int send(List<OutgoingDatagram> list) throws SocketErrorException {
                    return sound.send(list.stream()
                            .map(datagram -> new OutgoingDatagram(datagram.data()))
                            .toList());
                }
            }),

            // Sends to a mapped address as if it were a good one.
            Fault.ofStream("mapped address accepted", "E1_ipv4MappedAndIpv4Compatible", out -> new Delegate.Out(out) {
                @Override
                public int send(List<OutgoingDatagram> list) throws SocketErrorException {
                    boolean mapped = list.stream().anyMatch(datagram -> isMapped(datagram.remoteAddress()));
                    return mapped ? list.size() : sound.send(list);
                }

                private static boolean isMapped(InetSocketAddress remote) {
                    return remote != null
                            && remote.getAddress() instanceof Inet6Address six
                            && six.getAddress()[10] == (byte) 0xff
                            && six.getAddress()[0] == 0;
                }
            }),

            // Port 0 as a destination: Netty's connect takes it.
            Fault.ofStream("port zero accepted", "E3_portZero", out -> new Delegate.Out(out) {
                @Override
                public int send(List<OutgoingDatagram> list) throws SocketErrorException {
                    boolean zero = list.stream()
                            .anyMatch(datagram -> datagram.remoteAddress() != null
                                    && datagram.remoteAddress().getPort() == 0);
                    return zero ? list.size() : sound.send(list);
                }
            }),

            // The code of "too large" got lost (wasmtime-ng).
            Fault.ofStream("too large is unknown", "E6_largerThanTheProtocol", out -> new Delegate.Out(out) {
                @Override
                public int send(List<OutgoingDatagram> list) throws SocketErrorException {
                    try {
                        return sound.send(list);
                    } catch (SocketErrorException e) {
                        throw new SocketErrorException(ErrorCode.UNKNOWN, e.getMessage());
                    }
                }
            }),

            // A pollable made anew each time.
            Fault.ofStream("another pollable", "C2_subscribeIsAlwaysTheSameObject", out -> new Delegate.Out(out) {
                @Override
                public Pollable subscribe() {
                    Pollable pollable = sound.subscribe();
                    return new Pollable() {
                        @Override
                        public boolean ready() {
                            return pollable.ready();
                        }

                        @Override
                        public Registration onReady(Runnable action) {
                            return pollable.onReady(action);
                        }
                    };
                }
            }),

            // An unresolved address is a NullPointerException (netty 13015).
            Fault.ofStream("unresolved is a crash", "E1_unresolved", out -> new Delegate.Out(out) {
                @Override
                public int send(List<OutgoingDatagram> list) throws SocketErrorException {
                    for (OutgoingDatagram datagram : list) {
                        if (datagram.remoteAddress() != null) {
                            datagram.remoteAddress().getAddress().hashCode();
                        }
                    }
                    return sound.send(list);
                }
            }));

    private StreamFaults() {}
}
