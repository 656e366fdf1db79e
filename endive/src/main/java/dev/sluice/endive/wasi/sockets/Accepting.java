// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.sockets;

import dev.sluice.endive.async.GuestBuffer;
import dev.sluice.endive.async.HostWriter;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.SocketErrorException;

/**
 * The connections of a socket that listens, as a stream of 0.3. One beyond the guest's limit of sockets is closed: a stream
 * can't say more, and one that waited would have to be waited for.
 */
final class Accepting implements HostWriter {
    private final TcpSocketResource socket;

    Accepting(TcpSocketResource socket) {
        this.socket = socket;
        socket.retain();
    }

    @Override
    public int write(GuestBuffer buffer) {
        int count = 0;
        while (buffer.remaining() > 0) {
            try {
                buffer.put(socket.accept());
                count++;
            } catch (SocketErrorException e) {
                if (e.errorCode() == ErrorCode.NEW_SOCKET_LIMIT && socket.refuse()) {
                    continue;
                }
                return e.errorCode() == ErrorCode.WOULD_BLOCK || count > 0 ? count : ENDED;
            }
        }
        return count;
    }

    @Override
    public void drop() {
        socket.release();
    }

    @Override
    public boolean ready() {
        return socket.ready();
    }

    @Override
    public Registration onReady(Runnable action) {
        return socket.onReady(action);
    }
}
