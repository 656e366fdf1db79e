package com.example.recipes;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.UdpSockets;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The recipes that receive and answer, each through a provider and through a channel. */
class ServingRecipesTest extends Recipes {

    @ParameterizedTest
    @MethodSource("ways")
    void aThousandClientsAreAnswered(String way) throws Exception {
        UdpSocket socket = way.equals(CHANNEL) ? null : open(way, "127.0.0.1");
        DatagramChannel channel =
                socket != null ? null : DatagramChannel.open().bind(new InetSocketAddress("127.0.0.1", 0));
        InetSocketAddress server =
                socket != null ? socket.localAddress() : (InetSocketAddress) channel.getLocalAddress();
        FutureTask<Object> served = start(() -> {
            if (socket != null) {
                EchoServer.serve(socket);
            } else {
                EchoServer.serve(channel);
            }
            return null;
        });
        List<DatagramSocket> clients = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            clients.add(socket("127.0.0.1"));
        }
        for (int from = 0; from < 1_000; from += 100) { // as many as a receive buffer holds for certain
            for (int i = from; i < from + 100; i++) {
                byte[] payload = ("client " + i).getBytes(US_ASCII);
                clients.get(i).send(new DatagramPacket(payload, payload.length, server));
            }
            for (int i = from; i < from + 100; i++) {
                assertEquals("client " + i, text(receive(clients.get(i))));
                clients.get(i).close();
            }
        }
        if (socket != null) {
            socket.close();
        } else {
            channel.close();
        }
        Throwable end = assertThrows(Exception.class, served::get).getCause();
        assertTrue(end instanceof SocketErrorException || end instanceof AsynchronousCloseException);
    }

    /** Multicast only in a namespace without a way out. Two members are on one host. */
    @ParameterizedTest
    @MethodSource("ways")
    void theMembersOfAGroupAreFound(String way) throws Exception {
        boolean inside = "inside".equals(System.getenv("SLUICE_NETLAB"));
        assertTrue(inside || !"true".equals(System.getenv("CI")), "CI runs this as root, which may make namespaces");
        assumeTrue(inside, "needs root: network namespaces");
        NetworkInterface link = NetworkInterface.getByName("lo");
        InetSocketAddress group = Discovery.group("239.255.77.1", 7020);
        UdpSocketProvider provider = way.equals(CHANNEL) ? null : UdpSockets.provider(way);
        List<FutureTask<Object>> members =
                List.of(member(provider, group, link, "printer"), member(provider, group, link, "scanner"));
        Set<String> found = new TreeSet<>();
        for (int i = 0; i < 100 && found.size() < members.size(); i++) { // until they have joined
            found.addAll(
                    provider == null
                            ? Discovery.findThroughChannel(group, link, Duration.ofMillis(50))
                            : Discovery.find(provider, group, link, Duration.ofMillis(50)));
        }
        assertEquals(Set.of("printer", "scanner"), found);
        for (FutureTask<Object> member : members) {
            member.get();
        }
    }

    private static FutureTask<Object> member(
            UdpSocketProvider provider, InetSocketAddress group, NetworkInterface link, String name) {
        return start(() -> {
            if (provider == null) {
                Discovery.answerOneThroughChannel(group, link, name);
            } else {
                Discovery.answerOne(provider, group, link, name);
            }
            return null;
        });
    }

    @ParameterizedTest
    @MethodSource("ways")
    void theAnswerComesFromTheAddressThatWasAsked(String way) throws Exception {
        List<InetAddress> addresses =
                List.of(InetAddress.getByName("127.0.0.2"), InetAddress.getByName("127.0.0.3"));
        int port;
        try (DatagramSocket free = socket("0.0.0.0")) {
            port = free.getLocalPort();
        }
        FutureTask<Object> served;
        if (way.equals(CHANNEL)) {
            List<DatagramChannel> channels = RightAddress.openChannels(port, addresses);
            served = start(() -> {
                RightAddress.serveChannels(channels, 2);
                for (DatagramChannel channel : channels) {
                    channel.close();
                }
                return null;
            });
        } else {
            List<UdpSocket> sockets = RightAddress.open(UdpSockets.provider(way), port, addresses);
            assertEquals(way.equals("ffm") ? 1 : 2, sockets.size());
            served = start(() -> {
                RightAddress.serve(sockets, 2);
                sockets.forEach(UdpSocket::close);
                return null;
            });
        }
        for (InetAddress asked : addresses) {
            assertEquals("question", answerOf(new InetSocketAddress(asked, port)));
        }
        served.get();
    }

    private static String answerOf(InetSocketAddress server) throws Exception {
        try (DatagramSocket client = socket("127.0.0.1")) {
            client.connect(server); // which drops answers from elsewhere
            byte[] question = "question".getBytes(US_ASCII);
            client.send(new DatagramPacket(question, question.length));
            return text(receive(client));
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void everythingIsReceived(String way) throws Exception {
        UdpSocket socket = way.equals(CHANNEL) ? null : open(way, "127.0.0.1");
        DatagramChannel channel =
                socket != null ? null : DatagramChannel.open().bind(new InetSocketAddress("127.0.0.1", 0));
        InetSocketAddress to = socket != null ? socket.localAddress() : (InetSocketAddress) channel.getLocalAddress();
        FutureTask<Long> sum =
                start(() -> socket != null ? FullSpeed.sum(socket, 200) : FullSpeed.sum(channel, 200));
        try (DatagramSocket sender = socket("127.0.0.1")) {
            for (int i = 0; i < 200; i++) {
                sender.send(new DatagramPacket(new byte[] {(byte) (i % 100)}, 1, to));
            }
        }
        assertEquals(2 * 4950, sum.get());
        assertFalse(sum.isCancelled());
        if (socket != null) {
            socket.close();
        } else {
            channel.close();
        }
    }
}
