package dev.sluice.udp.epoll;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.UdpSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoopbackTest {
    @Test
    void S1_sendsAndReceives() throws Exception {
        try (EpollProvider provider = new EpollProvider();
                UdpSocket one = provider.createSocket(IpAddressFamily.IPV4);
                UdpSocket two = provider.createSocket(IpAddressFamily.IPV4)) {
            one.bind(new InetSocketAddress("127.0.0.1", 0));
            two.bind(new InetSocketAddress("127.0.0.1", 0));
            DatagramStreams out = one.stream(two.localAddress());
            DatagramStreams in = two.stream(null);
            List<OutgoingDatagram> list = IntStream.range(0, 10)
                    .mapToObj(i -> new OutgoingDatagram(ByteBuffer.allocate(100), null))
                    .toList();
            assertEquals(1024, out.outgoing().checkSend());
            assertEquals(10, out.outgoing().send(list));
            in.incoming().subscribe().block();
            assertEquals(10, in.incoming().receive(100).size());
        }
    }
}
