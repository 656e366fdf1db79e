// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.sockets;

import dev.sluice.endive.abi.Resource;
import dev.sluice.udp.UdpSocket;

/** {@code udp-socket}, with the state of its two-step bind. */
final class UdpSocketResource implements Resource {
    final UdpSocket socket;
    private final OpenSockets open;

    /** Between {@code start-bind} and {@code finish-bind}. */
    boolean bindInProgress;

    UdpSocketResource(UdpSocket socket, OpenSockets open) {
        this.socket = socket;
        this.open = open;
    }

    @Override
    public void close() {
        open.close(socket);
    }
}
