package dev.sluice.endive;

import dev.sluice.udp.UdpSocket;

/** {@code udp-socket}: a socket, and how far a guest is with binding it. */
final class UdpSocketResource implements Resource {
    final UdpSocket socket;
    private final Guest guest;

    /** Between {@code start-bind} and {@code finish-bind}. */
    boolean bindInProgress;

    UdpSocketResource(Guest guest, UdpSocket socket) {
        this.guest = guest;
        this.socket = socket;
    }

    @Override
    public void close() {
        guest.close(socket);
    }
}
