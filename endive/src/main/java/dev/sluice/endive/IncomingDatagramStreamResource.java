package dev.sluice.endive;

import dev.sluice.udp.IncomingDatagramStream;

/** {@code incoming-datagram-stream} of {@code wasi:sockets/udp}. */
record IncomingDatagramStreamResource(IncomingDatagramStream stream) implements Resource {}
