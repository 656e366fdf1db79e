// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.Pollable;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSockets;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** Round trips of datagrams of 64 bytes from this process. */
abstract class JavaRoundTrips implements RoundTrips {
    private static final int PAYLOAD = 64;

    private final Closeable socket;

    private JavaRoundTrips(Closeable socket) {
        this.socket = socket;
    }

    abstract void roundTrip() throws Exception;

    @Override
    public final long[] run(int count) throws Exception {
        long[] nanos = new long[count];
        for (int i = 0; i < count; i++) {
            long begin = System.nanoTime();
            roundTrip();
            nanos[i] = System.nanoTime() - begin;
        }
        return nanos;
    }

    @Override
    public final void close() throws IOException {
        socket.close();
    }

    /** A blocking {@code DatagramChannel} with a peer. */
    static RoundTrips ofChannel(InetSocketAddress echo) throws IOException {
        DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        channel.connect(echo);
        ByteBuffer buffer = ByteBuffer.allocateDirect(PAYLOAD);
        return new JavaRoundTrips(channel) {
            @Override
            void roundTrip() throws IOException {
                channel.write(buffer.clear());
                if (channel.read(buffer.clear()) != PAYLOAD) {
                    throw new IllegalStateException("another datagram than was sent");
                }
            }
        };
    }

    /** Sluice: permit, send, {@code block}, receive. */
    static RoundTrips ofSluice(String provider, InetSocketAddress echo) throws Exception {
        UdpSocket socket = UdpSockets.provider(provider).createSocket(IpAddressFamily.IPV4);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        DatagramStreams streams = socket.stream(echo);
        Pollable ready = streams.incoming().subscribe();
        DatagramBatch out = new DatagramBatch(1, PAYLOAD);
        out.add(null, ByteBuffer.allocate(PAYLOAD));
        DatagramBatch in = new DatagramBatch(1, IpAddressFamily.IPV4.maxDatagramSize());
        return new JavaRoundTrips(socket::close) {
            @Override
            void roundTrip() throws Exception {
                streams.outgoing().checkSend();
                streams.outgoing().send(out, 0, 1);
                in.clear();
                do {
                    ready.block();
                } while (streams.incoming().receive(in, 1) == 0);
            }
        };
    }
}
