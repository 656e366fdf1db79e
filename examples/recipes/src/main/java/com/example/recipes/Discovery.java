package com.example.recipes;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.IncomingDatagram;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Service discovery: a question to a group, and an answer from each member. */
final class Discovery {
    private Discovery() {}

    // region sluice
    /** Joins the group, and answers one question. */
    static void answerOne(UdpSocketProvider provider, InetSocketAddress group, NetworkInterface link, String name)
            throws IOException, InterruptedException {
        try (UdpSocket socket = provider.createSocket(IpAddressFamily.IPV4)) {
            socket.setOption(StandardSocketOptions.SO_REUSEADDR, true); // other members on this host have the port, too
            socket.bind(new InetSocketAddress("0.0.0.0", group.getPort()));
            DatagramStreams streams = socket.stream();
            socket.join(group.getAddress(), link);
            for (IncomingDatagram question : streams.incoming().receive(1, Duration.ofSeconds(30))) {
                streams.outgoing()
                        .trySend(new OutgoingDatagram(StandardCharsets.UTF_8.encode(name), question.remoteAddress()));
            }
        }
    }

    /** Asks, and takes what comes within a time. */
    static List<String> find(UdpSocketProvider provider, InetSocketAddress group, NetworkInterface link, Duration time)
            throws IOException, InterruptedException {
        List<String> names = new ArrayList<>();
        try (UdpSocket socket = provider.open(new InetSocketAddress("0.0.0.0", 0))) {
            socket.setOption(StandardSocketOptions.IP_MULTICAST_IF, link);
            DatagramStreams streams = socket.stream();
            streams.outgoing().trySend(new OutgoingDatagram(ByteBuffer.allocate(0), group));
            long end = System.nanoTime() + time.toNanos();
            for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
                streams.incoming()
                        .receive(64, Duration.ofNanos(left))
                        .forEach(answer -> names.add(StandardCharsets.UTF_8.decode(answer.data()).toString()));
            }
        }
        return names;
    }
    // endregion

    // region channel
    static void answerOneThroughChannel(InetSocketAddress group, NetworkInterface link, String name) throws IOException {
        try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(new InetSocketAddress("0.0.0.0", group.getPort()));
            channel.join(group.getAddress(), link);
            ByteBuffer question = ByteBuffer.allocate(65_536);
            SocketAddress asker = channel.receive(question); // for ever, if none comes
            channel.send(StandardCharsets.UTF_8.encode(name), asker);
        }
    }

    static List<String> findThroughChannel(InetSocketAddress group, NetworkInterface link, Duration time)
            throws IOException {
        List<String> names = new ArrayList<>();
        try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
                Selector selector = Selector.open()) {
            channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, link);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            channel.send(ByteBuffer.allocate(0), group);
            ByteBuffer answer = ByteBuffer.allocate(65_536);
            long end = System.nanoTime() + time.toNanos();
            for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
                selector.select(Math.max(1, left / 1_000_000));
                selector.selectedKeys().clear();
                while (channel.receive(answer.clear()) != null) {
                    names.add(StandardCharsets.UTF_8.decode(answer.flip()).toString());
                }
            }
        }
        return names;
    }
    // endregion

    /** For both. */
    static InetSocketAddress group(String address, int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByName(address), port);
    }
}
