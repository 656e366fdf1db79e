// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import picocli.CommandLine.Option;

/** The buffers that the kernel gives a socket; it gives less if its limits are lower (socket(7)). */
final class BufferOptions {
    @Option(
            names = "--send-buffer",
            paramLabel = "SIZE",
            description = "The kernel's send buffer in bytes, as 65536, 64k or 4M.")
    private ByteSize send;

    @Option(
            names = "--receive-buffer",
            paramLabel = "SIZE",
            description = "The kernel's receive buffer; what is too much for it is dropped, and counted.")
    private ByteSize receive;

    /**
     * Sets them.
     *
     * @param receiveUnlessGiven the receive buffer, if none was asked for; 0: the system's own
     */
    void set(UdpSocket socket, long receiveUnlessGiven) throws SocketErrorException {
        if (send != null) {
            socket.setSendBufferSize(send.bytes());
        }
        long wanted = receive == null ? receiveUnlessGiven : receive.bytes();
        if (wanted > 0) {
            socket.setReceiveBufferSize(wanted);
        }
    }
}
