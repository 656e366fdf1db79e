package dev.sluice.cli;

import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import java.net.InetSocketAddress;

/** Opens sockets. */
final class Sockets {
    private Sockets() {}

    /** A socket that is bound to an address, of the address's family; or none is left open. */
    static UdpSocket bound(UdpSocketProvider provider, InetSocketAddress local) throws SocketErrorException {
        UdpSocket socket = provider.createSocket(HostPort.family(local));
        try {
            socket.bind(local);
            return socket;
        } catch (SocketErrorException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }
}
