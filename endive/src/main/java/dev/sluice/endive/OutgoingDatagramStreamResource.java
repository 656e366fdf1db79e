package dev.sluice.endive;

import dev.sluice.udp.OutgoingDatagramStream;

/** {@code outgoing-datagram-stream} of {@code wasi:sockets/udp}, and what the guest was told that it may send. */
final class OutgoingDatagramStreamResource implements Resource {
    final OutgoingDatagramStream stream;

    /** Never more than {@link Datagrams#mostPermitted()}; the stream's own permit may be larger. */
    int permitted;

    OutgoingDatagramStreamResource(OutgoingDatagramStream stream) {
        this.stream = stream;
    }
}
