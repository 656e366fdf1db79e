package com.example.recipes;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.IncomingDatagram;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSockets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A question that is asked again until an answer comes, or it has been asked often enough. */
final class Request {
    private Request() {}

    // region sluice
    static Optional<ByteBuffer> ask(InetSocketAddress server, ByteBuffer question, Duration patience, int attempts)
            throws IOException, InterruptedException {
        try (UdpSocket socket = UdpSockets.provider().open(FireAndForget.anyAddressLike(server))) {
            DatagramStreams streams = socket.stream(server); // answers of others are dropped; ICMP errors are thrown
            for (int i = 0; i < attempts; i++) {
                streams.outgoing().sendAll(List.of(new OutgoingDatagram(question)), patience);
                List<IncomingDatagram> answers = streams.incoming().receive(1, patience);
                if (!answers.isEmpty()) {
                    return Optional.of(answers.get(0).data());
                }
            }
            return Optional.empty();
        }
    }
    // endregion

    // region channel
    static Optional<ByteBuffer> askThroughChannel(
            InetSocketAddress server, ByteBuffer question, Duration patience, int attempts) throws IOException {
        try (DatagramChannel channel = DatagramChannel.open();
                Selector selector = Selector.open()) {
            channel.configureBlocking(false);
            channel.connect(server);
            channel.register(selector, SelectionKey.OP_READ);
            ByteBuffer answer = ByteBuffer.allocate(65_536);
            for (int i = 0; i < attempts; i++) {
                channel.write(question.duplicate()); // 0 if the buffer is full: the question is lost then
                selector.select(patience.toMillis());
                selector.selectedKeys().clear();
                if (channel.receive(answer) != null) { // read can't tell an empty datagram from none
                    return Optional.of(answer.flip());
                }
            }
            return Optional.empty();
        }
    }
    // endregion
}
