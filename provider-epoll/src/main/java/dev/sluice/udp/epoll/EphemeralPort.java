package dev.sluice.udp.epoll;

import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.Errno;
import dev.sluice.udp.spi.Operation;
import dev.sluice.udp.spi.SocketErrors;
import java.net.InetSocketAddress;

/**
 * Binds. A port that the kernel chose is bound once more, explicitly: the kernel takes its own choice back when the peer
 * is dropped, and whatever arrives until it is bound again is refused (SOCK_BINDPORT_LOCK in __udp_disconnect,
 * net/ipv4/udp.c).
 */
final class EphemeralPort {
    /** How often a port that the kernel chose may be taken by another socket before it is bound explicitly. */
    static final int MOST_ATTEMPTS = 16;

    private EphemeralPort() {}

    /** What it needs of a socket. */
    interface Bindable {
        void bind(InetSocketAddress local) throws SocketErrorException;

        /** Gives a port back that the kernel chose. */
        void disconnect() throws SocketErrorException;

        InetSocketAddress localAddress();
    }

    /** Returns the address with the actual port. */
    static InetSocketAddress bind(Bindable socket, InetSocketAddress local) throws SocketErrorException {
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
