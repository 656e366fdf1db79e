// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp;

import java.net.InetSocketAddress;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The capability to use the network: what a socket may bind, send to and receive from ({@link Rule#N1 N1},
 * {@link Rule#N2 N2}, {@link Rule#R4 R4}). The counterpart of WASI's {@code network} resource; a host gives its guests
 * one of these.
 *
 * <p>It is asked on the caller's thread, before any system call and under no lock of Sluice's, once for each address
 * that a call concerns; so it should be quick, and must be safe for use by several threads. Addresses have been
 * validated when it is asked.
 *
 * <p>What it throws is thrown to the caller, and nothing has been sent then. A received datagram at whose source it
 * threw is dropped, like one that is not allowed; {@code receive} throws the exception only if it has no datagram to
 * return, else a later call that has none does.
 */
@ConsumerType
public interface Network {

    /**
     * May a socket be bound to this address?
     *
     * @param local the address, its port possibly 0 (any free one)
     * @return false: {@code bind} answers {@link ErrorCode#ACCESS_DENIED}
     */
    boolean mayBind(InetSocketAddress local);

    /**
     * May datagrams be sent to this address?
     *
     * @param remote the destination
     * @return false: {@code send} answers {@link ErrorCode#ACCESS_DENIED}
     */
    boolean maySendTo(InetSocketAddress remote);

    /**
     * May datagrams be received from this address?
     *
     * @param remote the source
     * @return false: the datagram is dropped and counted
     */
    boolean mayReceiveFrom(InetSocketAddress remote);

    /**
     * May a TCP connection be made to this address? Only hosts of guests ask it: Sluice itself has no TCP.
     *
     * @param remote the destination
     * @return false, unless overridden: connecting answers {@link ErrorCode#ACCESS_DENIED}
     */
    default boolean mayConnectTo(InetSocketAddress remote) {
        return false;
    }

    /**
     * May a TCP socket be bound to this address, to listen there? Only hosts of guests ask it.
     *
     * @param local the address, its port possibly 0 (any free one)
     * @return false, unless overridden: binding answers {@link ErrorCode#ACCESS_DENIED}
     */
    default boolean mayListenOn(InetSocketAddress local) {
        return false;
    }

    /**
     * May a TCP connection be accepted from this address? Only hosts of guests ask it.
     *
     * @param remote the source
     * @return false, unless overridden: the connection is closed, and the guest does not see it
     */
    default boolean mayAcceptFrom(InetSocketAddress remote) {
        return false;
    }

    /**
     * The network that allows everything, which {@link UdpSocket#bind(InetSocketAddress)} uses.
     *
     * @return always the same object
     */
    static Network unrestricted() {
        return UnrestrictedNetwork.INSTANCE;
    }
}
