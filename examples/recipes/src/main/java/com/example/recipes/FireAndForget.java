package com.example.recipes;

import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSockets;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** One datagram. */
final class FireAndForget {
    private FireAndForget() {}

    // region sluice
    static boolean send(InetSocketAddress to, ByteBuffer payload) throws IOException {
        try (UdpSocket socket = UdpSockets.provider().open(anyAddressLike(to))) {
            return socket.stream().outgoing().trySend(new OutgoingDatagram(payload, to));
        }
    }

    static InetSocketAddress anyAddressLike(InetSocketAddress remote) {
        boolean v4 = remote.getAddress() instanceof Inet4Address;
        return new InetSocketAddress(v4 ? "0.0.0.0" : "::", 0);
    }
    // endregion

    // region channel
    static boolean sendThroughChannel(InetSocketAddress to, ByteBuffer payload) throws IOException {
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.configureBlocking(false);
            int length = payload.remaining();
            return channel.send(payload, to) == length && length > 0; // 0 may also mean: the buffer is full
        }
    }
    // endregion
}
