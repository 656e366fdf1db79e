// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.flow;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.IncomingDatagramStream;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSockets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A socket whose peer is itself; made where "PROVIDER ADDRESS" says. */
final class Loop {
    final UdpSocket socket;
    private final DatagramStreams streams;

    private Loop(String where) throws IOException {
        String[] words = where.split(" ");
        socket = UdpSockets.provider(words[0]).open(new InetSocketAddress(words[1], 0));
        streams = socket.stream(socket.localAddress());
    }

    /** Those of one test, which are closed at its end. */
    static final class Pool implements AutoCloseable {
        private final List<UdpSocket> sockets = new ArrayList<>();

        Loop open(String where) {
            try {
                Loop loop = new Loop(where);
                sockets.add(loop.socket);
                return loop;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            sockets.forEach(UdpSocket::close);
            sockets.clear();
        }
    }

    IncomingDatagramStream in() {
        return streams.incoming();
    }

    OutgoingDatagramStream out() {
        return streams.outgoing();
    }

    static OutgoingDatagram datagram(int number) {
        return new OutgoingDatagram(ByteBuffer.allocate(4).putInt(0, number), null);
    }

    /** Sends datagrams 0, 1 and so on. */
    void sendToItself(long count) {
        try {
            for (int i = 0; i < count; i++) {
                if (!out().trySend(datagram(i))) {
                    throw new IllegalStateException("the send buffer is full");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
