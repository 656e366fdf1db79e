// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.sockets;

import dev.sluice.endive.abi.Resource;
import dev.sluice.udp.async.AsyncUdpSocket;

/** {@code udp-socket} of 0.3. */
final class AsyncUdpSocketResource implements Resource {
    final AsyncUdpSocket socket;
    private final OpenSockets open;

    AsyncUdpSocketResource(AsyncUdpSocket socket, OpenSockets open) {
        this.socket = socket;
        this.open = open;
    }

    @Override
    public void close() {
        open.close(socket);
    }
}
