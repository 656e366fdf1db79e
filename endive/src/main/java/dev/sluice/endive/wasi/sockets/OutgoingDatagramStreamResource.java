// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.sockets;

import dev.sluice.endive.abi.Resource;
import dev.sluice.udp.OutgoingDatagramStream;

/** {@code outgoing-datagram-stream} of {@code wasi:sockets/udp}, with the permit that the guest was given. */
final class OutgoingDatagramStreamResource implements Resource {
    final OutgoingDatagramStream stream;

    /** At most {@link Datagrams#mostPermitted()}; the permit of {@link #stream} may be larger. */
    int permitted;

    OutgoingDatagramStreamResource(OutgoingDatagramStream stream) {
        this.stream = stream;
    }
}
