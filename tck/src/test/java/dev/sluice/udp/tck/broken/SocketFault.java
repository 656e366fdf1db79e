package dev.sluice.udp.tck.broken;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.Network;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.Pollable;
import dev.sluice.udp.SendNotPermittedException;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.UnaryOperator;

/** Faults of an implementation that doesn't stand on the SPI, and the test that has to notice each. */
enum SocketFault {
    /** A missing trap (wasmtime 12641; jco). */
    NO_TRAP("S5_sendWithoutPermitTraps", out -> new Delegate.Out(out) {
        @Override
        public int send(List<OutgoingDatagram> list) throws SocketErrorException {
            sound.checkSend();
            return sound.send(list);
        }
    }),

    /** The permit says how many, and nobody counts. */
    MORE_THAN_PERMITTED("S5_sendBeyondThePermitTrapsAndSpendsIt", out -> new Delegate.Out(out) {
        @Override
        public int send(List<OutgoingDatagram> list) throws SocketErrorException {
            return sound.send(list.subList(0, Math.min(list.size(), MAX_PERMIT)));
        }
    }),

    /** A permit is spent only by what was sent. */
    PERMIT_SURVIVES_AN_ERROR("S5_anySendSpendsThePermit", out -> new Delegate.Out(out) {
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

    /** A permit is added to what is left of the one before. */
    PERMIT_ADDED_UP("C3_permitsAreNotAddedUp", out -> new Delegate.Out(out) {
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

    /** A larger answer than WASI's programs are made for. */
    PERMIT_WITHOUT_BOUND("C1_answersOneTo1024WhileOpen", out -> new Delegate.Out(out) {
        @Override
        public int checkSend() throws SocketErrorException {
            return sound.checkSend() > 0 ? Integer.MAX_VALUE : 0;
        }
    }),

    /** Permit and pollable come from two facts (wasmtime 12612). */
    DUAL_GATE("C2_pollableAndPermitAgree", out -> new Delegate.Out(out) {
        private int calls;

        @Override
        public int checkSend() throws SocketErrorException {
            int permitted = sound.checkSend();
            return ++calls % 16 == 0 ? 0 : permitted;
        }
    }),

    /** An empty list traps. */
    EMPTY_LIST_NEEDS_A_PERMIT("S4_anEmptyListNeedsNoPermit", out -> new Delegate.Out(out) {
        @Override
        public int send(List<OutgoingDatagram> list) throws SocketErrorException {
            if (list.isEmpty()) {
                throw new SendNotPermittedException(0, 0);
            }
            return sound.send(list);
        }
    }),

    /** An empty list uses the permit up. */
    EMPTY_LIST_SPENDS_THE_PERMIT("S4_anEmptyListSpendsNoPermit", out -> new Delegate.Out(out) {
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
    }),

    /** Throws for a later one although some were sent: the caller will send those again (wasmtime-ng). */
    ERROR_AFTER_A_PARTIAL_SEND("S2_anErrorBehindASuccessIsMetAgain", out -> new Delegate.Out(out) {
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

    /** Skips a bad one and goes on behind it. */
    GOES_ON_BEHIND_AN_ERROR("S7_nothingBehindTheFirstErrorIsTransmitted", out -> new Delegate.Out(out) {
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

    /** The first failure swallows the list: one error ends the sender (micrometer 1591). */
    ERROR_ENDS_THE_STREAM("S3_theFirstOnesErrorIsThrownAndTheStreamLives", out -> new Delegate.Out(out) {
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

    /** Reads payloads with relative gets. */
    BUFFER_POSITION_MOVED("S7_buffersStayAsTheyWere", out -> new Delegate.Out(out) {
        @Override
        public int send(List<OutgoingDatagram> list) throws SocketErrorException {
            int sent = sound.send(list);
            list.subList(0, sent).forEach(datagram -> datagram.data()
                    .position(datagram.data().limit()));
            return sent;
        }
    }),

    /** Lets a connected socket send to others, as Netty does. */
    PEER_NOT_ENFORCED("E4_anotherThanThePeer", out -> new Delegate.Out(out) {
        @Override
        public int send(List<OutgoingDatagram> list) throws SocketErrorException {
            return sound.send(list.stream()
                    .map(datagram -> new OutgoingDatagram(datagram.data()))
                    .toList());
        }
    }),

    /** Sends to a mapped address as if it were a good one. */
    MAPPED_ADDRESS_ACCEPTED("E1_ipv4InDisguise", out -> new Delegate.Out(out) {
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

    /** A pollable made anew each time. */
    ANOTHER_POLLABLE("C2_subscribeIsAlwaysTheSameObject", out -> new Delegate.Out(out) {
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

    /** An unresolved address is a NullPointerException (netty 13015). */
    UNRESOLVED_IS_A_CRASH("E1_unresolved", out -> new Delegate.Out(out) {
        @Override
        public int send(List<OutgoingDatagram> list) throws SocketErrorException {
            for (OutgoingDatagram datagram : list) {
                if (datagram.remoteAddress() != null) {
                    datagram.remoteAddress().getAddress().hashCode();
                }
            }
            return sound.send(list);
        }
    }),

    /** Old streams go on working beside the new ones. */
    NOT_SUPERSEDED("U3_everyCallSupersedesThePairBefore", null) {
        @Override
        UdpSocket in(UdpSocket socket) {
            return new Delegate(socket) {
                private DatagramStreams first;

                @Override
                public DatagramStreams stream(InetSocketAddress remote) throws SocketErrorException {
                    first = first == null ? sound.stream(remote) : first;
                    return first;
                }
            };
        }
    },

    /** The network's word is not asked for. */
    NETWORK_IGNORED("N1_aForbiddenDestinationIsAccessDenied", null) {
        @Override
        UdpSocket in(UdpSocket socket) {
            return new Delegate(socket) {
                @Override
                public void bind(Network network, InetSocketAddress local) throws SocketErrorException {
                    sound.bind(Network.unrestricted(), local);
                }
            };
        }
    },

    /** Asked while the socket is locked. */
    NETWORK_ASKED_UNDER_A_LOCK("N2_U8_isAskedUnderNoLock", null) {
        @Override
        UdpSocket in(UdpSocket socket) {
            return new Delegate(socket) {
                @Override
                public synchronized void bind(Network network, InetSocketAddress local) throws SocketErrorException {
                    sound.bind(network, local);
                }

                @Override
                public synchronized long receiveBufferSize() throws SocketErrorException {
                    return sound.receiveBufferSize();
                }
            };
        }
    };

    final String test;
    private final UnaryOperator<OutgoingDatagramStream> breaking;

    SocketFault(String test, UnaryOperator<OutgoingDatagramStream> breaking) {
        this.test = test;
        this.breaking = breaking;
    }

    UdpSocket in(UdpSocket socket) {
        return new Delegate(socket) {
            @Override
            public DatagramStreams stream(InetSocketAddress remote) throws SocketErrorException {
                DatagramStreams streams = sound.stream(remote);
                return new DatagramStreams(streams.incoming(), breaking.apply(streams.outgoing()));
            }
        };
    }
}
