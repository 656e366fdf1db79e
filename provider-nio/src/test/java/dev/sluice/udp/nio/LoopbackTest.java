package dev.sluice.udp.nio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.IncomingDatagram;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSockets;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The main job, over real loopback. */
class LoopbackTest {

    @Test
    void V1_isFoundByServiceLoader() {
        assertInstanceOf(NioProvider.class, UdpSockets.provider("nio"));
    }

    @ParameterizedTest
    @EnumSource
    void R3_arrivesByteForByte(IpAddressFamily family) throws Exception {
        try (NioProvider provider = new NioProvider();
                UdpSocket sender = provider.createSocket(family);
                UdpSocket receiver = provider.createSocket(family)) {
            String host = family == IpAddressFamily.IPV4 ? "127.0.0.1" : "::1";
            sender.bind(new InetSocketAddress(host, 0));
            receiver.bind(new InetSocketAddress(host, 0));
            DatagramStreams in = receiver.stream(null);
            DatagramStreams out = sender.stream(receiver.localAddress());
            for (int size : new int[] {0, 1, 1000, family.maxDatagramSize(), 0}) {
                byte[] payload = new byte[size];
                java.util.Arrays.fill(payload, (byte) size);
                out.outgoing().checkSend();
                assertEquals(1, out.outgoing().send(List.of(new OutgoingDatagram(ByteBuffer.wrap(payload)))));
                in.incoming().subscribe().block();
                List<IncomingDatagram> received = in.incoming().receive(10);
                assertEquals(1, received.size());
                byte[] bytes = new byte[received.get(0).data().remaining()];
                received.get(0).data().get(bytes);
                assertArrayEquals(payload, bytes);
                assertEquals(sender.localAddress(), received.get(0).remoteAddress());
            }
        }
    }
}
