// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.SocketErrorException;
import java.net.InetSocketAddress;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Binds on Linux. A port that the kernel chose is bound once more, explicitly: the kernel takes its own choice back when the peer
 * is dropped, and whatever arrives until it is bound again is refused (SOCK_BINDPORT_LOCK in __udp_disconnect,
 * net/ipv4/udp.c).
 */
public final class EphemeralPort {
    /** How often a port that the kernel chose may be taken by another socket before it is bound explicitly. */
    static final int MOST_ATTEMPTS = 16;

    private EphemeralPort() {}

    /** The system calls that it makes on a socket. */
    @ConsumerType
    public interface Bindable {
        /**
         * bind(2).
         *
         * @param local where to; port 0 has the kernel choose one
         * @throws SocketErrorException if it failed
         */
        void bind(InetSocketAddress local) throws SocketErrorException;

        /**
         * Drops the peer, by connect(2) to AF_UNSPEC, and gives a port back that the kernel chose.
         *
         * @throws SocketErrorException if it failed
         */
        void disconnect() throws SocketErrorException;

        /**
         * getsockname(2).
         *
         * @return the address with the actual port
         * @throws SocketErrorException if it failed
         */
        InetSocketAddress localAddress() throws SocketErrorException;
    }

    /**
     * Binds, as {@link DatagramTransport#bind} has it.
     *
     * @param socket what to bind
     * @param local where to
     * @return the address with the actual port
     * @throws SocketErrorException if it failed
     */
    public static InetSocketAddress bind(Bindable socket, InetSocketAddress local) throws SocketErrorException {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            socket.bind(local);
            InetSocketAddress actual = socket.localAddress();
            if (local.getPort() != 0
                    || bindAgain(socket, new InetSocketAddress(local.getAddress(), actual.getPort()))) {
                return actual;
            }
        }
        throw SocketErrors.of(Operation.BIND, Errno.EADDRINUSE, null);
    }

    private static boolean bindAgain(Bindable socket, InetSocketAddress chosen) throws SocketErrorException {
        socket.disconnect();
        try {
            socket.bind(chosen);
            return true;
        } catch (SocketErrorException e) {
            if (e.errno().orElse(0) != Errno.EADDRINUSE.number()) {
                throw e;
            }
            return false;
        }
    }
}
