package dev.sluice.endive.wasi.sockets;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Creates the guest's sockets, up to its limit, and closes those that are open when the guest ends. */
final class OpenSockets implements AutoCloseable {
    private final UdpSocketProvider provider;
    private final int limit;
    private final Set<UdpSocket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    OpenSockets(UdpSocketProvider provider, int limit) {
        this.provider = provider;
        this.limit = limit;
    }

    UdpSocket create(IpAddressFamily family) throws SocketErrorException {
        if (sockets.size() >= limit) {
            throw new SocketErrorException(
                    ErrorCode.NEW_SOCKET_LIMIT, "the guest has " + limit + " sockets, which is its limit");
        }
        UdpSocket socket = provider.createSocket(family);
        sockets.add(socket);
        if (closed) { // by another thread, in the meantime
            close(socket);
        }
        return socket;
    }

    void close(UdpSocket socket) {
        socket.close();
        sockets.remove(socket);
    }

    /** From any thread. */
    @Override
    public void close() {
        closed = true;
        sockets.forEach(this::close);
    }
}
