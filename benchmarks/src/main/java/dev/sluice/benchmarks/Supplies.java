// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** The supplies of a place: on loopback sockets of this process, at the other end of a link a C process. */
final class Supplies {
    private Supplies() {}

    static Supply open(Load load, Reference far, InetSocketAddress receiver) throws Exception {
        Place place = load.place();
        if (place.link) {
            return far.supply(load, receiver);
        }
        return place.trips ? new Trips(load, receiver) : new Singles(load, receiver);
    }

    private static final class Singles implements Supply {
        private final DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        private final ByteBuffer payload;

        Singles(Load load, InetSocketAddress receiver) throws IOException {
            payload = ByteBuffer.allocateDirect(load.size(0));
            channel.connect(receiver);
        }

        @Override
        public InetSocketAddress source() throws IOException {
            return (InetSocketAddress) channel.getLocalAddress();
        }

        @Override
        public void send(int datagrams) throws IOException {
            for (int i = 0; i < datagrams; i++) {
                channel.write(payload.rewind());
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private static final class Trips implements Supply {
        private final UdpSocket socket;
        private final OutgoingDatagramStream out;
        private final Load load;
        private DatagramBatch batch;

        Trips(Load load, InetSocketAddress receiver) throws IOException {
            this.load = load;
            socket = UdpSockets.provider("epoll").createSocket(IpAddressFamily.IPV4);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            out = socket.stream(receiver).outgoing();
        }

        @Override
        public InetSocketAddress source() throws IOException {
            return socket.localAddress();
        }

        @Override
        public void send(int datagrams) throws Exception {
            if (batch == null || batch.size() != datagrams) {
                batch = new DatagramBatch(datagrams, datagrams * load.size(0));
                for (int i = 0; i < datagrams; i++) {
                    batch.add(null, ByteBuffer.allocate(load.size(0)));
                }
            }
            if (out.checkSend() < datagrams || out.send(batch, 0, datagrams) != datagrams) {
                throw new IllegalStateException("a list on loopback was not sent whole");
            }
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
