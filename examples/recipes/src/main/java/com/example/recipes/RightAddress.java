package com.example.recipes;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.IncomingDatagram;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.Poller;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketOptions;
import dev.sluice.udp.UdpSocketProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;

/**
 * A server on a host with several addresses, whose clients accept answers only from the address that they asked. It answers
 * as many questions as it is told to.
 */
final class RightAddress {
    private RightAddress() {}

    // region sluice
    /** One socket on every address, where the provider tells which one was asked; else one on each. */
    static List<UdpSocket> open(UdpSocketProvider provider, int port, List<InetAddress> addresses) throws IOException {
        UdpSocket wildcard = provider.open(new InetSocketAddress("0.0.0.0", port));
        if (wildcard.supportedOptions().contains(UdpSocketOptions.RECEIVE_PATH)) {
            wildcard.setOption(UdpSocketOptions.RECEIVE_PATH, true);
            return List.of(wildcard);
        }
        wildcard.close();
        List<UdpSocket> sockets = new ArrayList<>();
        for (InetAddress address : addresses) {
            sockets.add(provider.open(new InetSocketAddress(address, port)));
        }
        return sockets;
    }

    static void serve(List<UdpSocket> sockets, int questions) throws IOException, InterruptedException {
        try (Poller<DatagramStreams> poller = new Poller<>()) {
            for (UdpSocket socket : sockets) {
                DatagramStreams streams = socket.stream();
                poller.add(streams.incoming().subscribe(), streams);
            }
            for (int answered = 0; answered < questions; ) {
                for (Poller.Entry<DatagramStreams> ready : poller.await()) {
                    DatagramStreams streams = ready.attachment();
                    for (IncomingDatagram question : streams.incoming().receive(64)) {
                        OutgoingDatagram answer = question.reply(question.data()); // from where it came to, if that is told
                        streams.outgoing().trySend(answer);
                        answered++;
                    }
                }
            }
        }
    }
    // endregion

    // region channel
    static List<DatagramChannel> openChannels(int port, List<InetAddress> addresses) throws IOException {
        List<DatagramChannel> channels = new ArrayList<>();
        for (InetAddress address : addresses) { // a channel on 0.0.0.0 answers from whichever the route prefers
            DatagramChannel channel = DatagramChannel.open().bind(new InetSocketAddress(address, port));
            channel.configureBlocking(false);
            channels.add(channel);
        }
        return channels;
    }

    static void serveChannels(List<DatagramChannel> channels, int questions) throws IOException {
        try (Selector selector = Selector.open()) {
            for (DatagramChannel channel : channels) {
                channel.register(selector, SelectionKey.OP_READ);
            }
            ByteBuffer buffer = ByteBuffer.allocate(65_536);
            for (int answered = 0; answered < questions; ) {
                selector.select();
                for (SelectionKey key : selector.selectedKeys()) {
                    DatagramChannel channel = (DatagramChannel) key.channel();
                    SocketAddress client;
                    while ((client = channel.receive(buffer.clear())) != null) {
                        channel.send(buffer.flip(), client);
                        answered++;
                    }
                }
                selector.selectedKeys().clear();
            }
        }
    }
    // endregion
}
