package com.example.recipes;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;

/** Sends every datagram back, on one thread and one socket, until that is closed. */
final class EchoServer {
    private EchoServer() {}

    // region sluice
    static void serve(UdpSocket socket) throws IOException, InterruptedException {
        DatagramStreams streams = socket.stream();
        DatagramBatch batch = new DatagramBatch(256, 1 << 20);
        while (true) {
            batch.clear();
            while (streams.incoming().receive(batch, 256) == 0) {
                streams.incoming().subscribe().block();
            }
            for (int next = 0; next < batch.size(); ) {
                int permitted = streams.outgoing().checkSend();
                if (permitted == 0) {
                    streams.outgoing().subscribe().block();
                    continue;
                }
                try {
                    next += streams.outgoing().send(batch, next, Math.min(batch.size(), next + permitted));
                } catch (SocketErrorException e) {
                    if (e.errorCode() == ErrorCode.INVALID_STATE) {
                        throw e; // closed
                    }
                    next++; // this client can't be answered; the others can
                }
            }
        }
    }
    // endregion

    // region channel
    static void serve(DatagramChannel blocking) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(65_536);
        while (true) {
            SocketAddress client = blocking.receive(buffer.clear());
            try {
                blocking.send(buffer.flip(), client); // waits while the buffer is full
            } catch (ClosedChannelException closed) {
                throw closed;
            } catch (IOException e) {
                // this client can't be answered; the others can
            }
        }
    }
    // endregion
}
