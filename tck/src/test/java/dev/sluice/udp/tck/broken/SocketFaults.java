// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck.broken;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.Network;
import dev.sluice.udp.SocketErrorException;
import java.net.InetSocketAddress;
import java.util.List;

/** Faults of a socket. */
final class SocketFaults {
    static final List<Fault> ALL = List.of(
            // Old streams go on working beside the new ones.
            Fault.ofSocket("not superseded", "U3_everyCallSupersedesThePairBefore", socket -> new Delegate(socket) {
                private DatagramStreams first;

                @Override
                public DatagramStreams stream(InetSocketAddress remote) throws SocketErrorException {
                    first = first == null ? sound.stream(remote) : first;
                    return first;
                }
            }),

            // The peer is the default destination, and no filter.
            Fault.ofSocket(
                    "receives from others than the peer",
                    "U4_onlyThePeersDatagramsAreReceived",
                    socket -> new Delegate(socket) {
                        @Override
                        public DatagramStreams stream(InetSocketAddress remote) throws SocketErrorException {
                            return sound.stream(null);
                        }
                    }),

            // The network is not asked.
            Fault.ofSocket("network ignored", "N1_aForbiddenDestinationIsAccessDenied", socket -> new Delegate(socket) {
                @Override
                public void bind(Network network, InetSocketAddress local) throws SocketErrorException {
                    sound.bind(Network.unrestricted(), local);
                }
            }),

            // Asked while the socket is locked.
            Fault.ofSocket("network asked under a lock", "N2_U8_isAskedUnderNoLock", socket -> new Delegate(socket) {
                @Override
                public synchronized void bind(Network network, InetSocketAddress local) throws SocketErrorException {
                    sound.bind(network, local);
                }

                @Override
                public synchronized long receiveBufferSize() throws SocketErrorException {
                    return sound.receiveBufferSize();
                }
            }));

    private SocketFaults() {}
}
