package com.example.recipes;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.UdpSockets;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each recipe, through a provider (of every one that is there) and through a channel. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RecipesTest {
    private static final String CHANNEL = "channel";
    private static final int PATIENCE_MILLIS = 20_000;

    static Stream<String> ways() {
        return Stream.concat(providers(), Stream.of(CHANNEL));
    }

    static Stream<String> providers() {
        return UdpSockets.providers().stream()
                .filter(provider -> provider.unavailability().isEmpty())
                .map(UdpSocketProvider::name);
    }

    private static DatagramSocket socket(String host) throws IOException {
        DatagramSocket socket = new DatagramSocket(new InetSocketAddress(host, 0));
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static InetSocketAddress address(DatagramSocket socket) {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    private static DatagramPacket receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
        socket.receive(packet);
        return packet;
    }

    private static String text(DatagramPacket packet) {
        return new String(packet.getData(), 0, packet.getLength(), US_ASCII);
    }

    private static ByteBuffer bytes(String text) {
        return US_ASCII.encode(text);
    }

    private static UdpSocket open(String provider, String host) throws IOException {
        return UdpSockets.provider(provider).open(new InetSocketAddress(host, 0));
    }

    /** Runs something meanwhile. */
    private static <T> FutureTask<T> start(Callable<T> task) {
        FutureTask<T> future = new FutureTask<>(task);
        Thread thread = new Thread(future);
        thread.setDaemon(true);
        thread.start();
        return future;
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void oneDatagram(String host) throws Exception {
        try (DatagramSocket receiver = socket(host)) {
            assertTrue(FireAndForget.send(address(receiver), bytes("one")));
            assertEquals("one", text(receive(receiver)));
            assertTrue(FireAndForget.sendThroughChannel(address(receiver), bytes("two")));
            assertEquals("two", text(receive(receiver)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sluice", CHANNEL})
    void aQuestionIsAskedAgain(String way) throws Exception {
        try (DatagramSocket server = socket("127.0.0.1")) {
            FutureTask<Optional<ByteBuffer>> asked =
                    start(() -> ask(way, address(server), Duration.ofMillis(100), 50));
            receive(server); // is lost
            DatagramPacket again = receive(server);
            server.send(new DatagramPacket("answer".getBytes(US_ASCII), 6, again.getSocketAddress()));
            assertEquals("answer", US_ASCII.decode(asked.get().orElseThrow()).toString());
            assertTrue(ask(way, address(server), Duration.ofMillis(20), 2).isEmpty(), "no answer");
        }
    }

    private static Optional<ByteBuffer> ask(String way, InetSocketAddress server, Duration patience, int attempts)
            throws Exception {
        return way.equals(CHANNEL)
                ? Request.askThroughChannel(server, bytes("question"), patience, attempts)
                : Request.ask(server, bytes("question"), patience, attempts);
    }

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

    @Test
    void aCollectorThatWasDownCostsNoGoodLine() throws Exception {
        DatagramSocket collector = socket("127.0.0.1");
        InetSocketAddress address = address(collector);
        collector.close();
        try (ChannelMetrics metrics = new ChannelMetrics(address)) {
            metrics.send("lost:1|c");
            try (DatagramSocket again = new DatagramSocket(address)) {
                again.setSoTimeout(PATIENCE_MILLIS);
                metrics.send("kept:1|c");
                assertEquals("kept:1|c", text(receive(again)));
            }
            assertEquals(0, metrics.dropped());
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void linesAreForwardedInOrder(String way) throws Exception {
        BlockingQueue<String> lines = new ArrayBlockingQueue<>(16);
        try (DatagramSocket collector = socket("127.0.0.1")) {
            FutureTask<Object> forwarded = new FutureTask<>(() -> {
                if (way.equals(CHANNEL)) {
                    try (DatagramChannel channel = DatagramChannel.open().connect(address(collector))) {
                        SyslogForwarder.forward(lines, channel);
                    }
                } else {
                    try (UdpSocket socket = open(way, "127.0.0.1")) {
                        SyslogForwarder.forward(lines, socket, address(collector));
                    }
                }
                return null;
            });
            threads().newThread(forwarded).start();
            for (int i = 0; i < 100; i++) {
                lines.put("line " + i); // waits where the queue is full
            }
            lines.put(SyslogForwarder.END);
            for (int i = 0; i < 100; i++) {
                assertEquals("<14>1 - - app - - - line " + i, text(receive(collector)));
            }
            forwarded.get();
        }
    }

    /** Virtual threads, from Java 21 on. */
    private static ThreadFactory threads() throws ReflectiveOperationException {
        if (Runtime.version().feature() < 21) {
            return Thread::new;
        }
        Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
        return (ThreadFactory) Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
    }

    /** Multicast only in a namespace without a way out. */
    @ParameterizedTest
    @MethodSource("ways")
    void theMembersOfAGroupAreFound(String way) throws Exception {
        boolean inside = "inside".equals(System.getenv("SLUICE_NETLAB"));
        assertTrue(inside || !"true".equals(System.getenv("CI")), "CI runs this as root, which may make namespaces");
        assumeTrue(inside, "needs root: network namespaces");
        NetworkInterface link = NetworkInterface.getByName("lo");
        InetSocketAddress group = Discovery.group("239.255.77.1", 7020);
        UdpSocketProvider provider = way.equals(CHANNEL) ? null : UdpSockets.provider(way);
        FutureTask<Object> member = start(() -> {
            if (provider == null) {
                Discovery.answerOneThroughChannel(group, link, "printer");
            } else {
                Discovery.answerOne(provider, group, link, "printer");
            }
            return null;
        });
        List<String> found = List.of();
        for (int i = 0; i < 100 && found.isEmpty(); i++) { // until it has joined
            found = provider == null
                    ? Discovery.findThroughChannel(group, link, Duration.ofMillis(50))
                    : Discovery.find(provider, group, link, Duration.ofMillis(50));
        }
        assertEquals(List.of("printer"), found);
        member.get();
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
        List<UdpSocket> sockets = way.equals(CHANNEL)
                ? List.of()
                : RightAddress.open(UdpSockets.provider(way), port, addresses);
        assertEquals(way.equals("ffm") ? 1 : sockets.size(), sockets.size());
        FutureTask<Object> served = start(() -> {
            if (way.equals(CHANNEL)) {
                RightAddress.serveThroughChannels(port, addresses, 2);
            } else {
                RightAddress.serve(sockets, 2);
            }
            return null;
        });
        for (InetAddress asked : addresses) {
            assertEquals("question", answerOf(new InetSocketAddress(asked, port)));
        }
        served.get();
        sockets.forEach(UdpSocket::close);
    }

    /** Asks until the server is there. */
    private static String answerOf(InetSocketAddress server) throws Exception {
        try (DatagramSocket client = new DatagramSocket()) {
            client.connect(server); // which drops answers from elsewhere
            client.setSoTimeout(500);
            byte[] question = "question".getBytes(US_ASCII);
            for (int i = 0; i < 100; i++) {
                try {
                    client.send(new DatagramPacket(question, question.length));
                    return text(receive(client));
                } catch (PortUnreachableException notYet) {
                    Thread.sleep(20);
                } catch (SocketTimeoutException lost) {
                    // again
                }
            }
        }
        return "none";
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aNameIsFollowedFromANewPort(String way) throws Exception {
        UdpSocketProvider provider = UdpSockets.provider(way.equals(CHANNEL) ? "nio" : way);
        InetAddress[] now = {InetAddress.getByName("127.0.0.2")};
        try (DatagramSocket first = socket("127.0.0.2");
                DatagramSocket second = new DatagramSocket(first.getLocalPort(), InetAddress.getByName("127.0.0.3"));
                FollowingSender sender = new FollowingSender(
                        provider, name -> now[0], "collector", first.getLocalPort(), Duration.ZERO)) {
            second.setSoTimeout(PATIENCE_MILLIS);
            int former = sendAndReceive(sender, way, first);
            assertEquals(former, sendAndReceive(sender, way, first), "the same socket");
            now[0] = InetAddress.getByName("127.0.0.3");
            assertNotEquals(former, sendAndReceive(sender, way, second));
        }
    }

    private static int sendAndReceive(FollowingSender sender, String way, DatagramSocket to) throws IOException {
        assertTrue(way.equals(CHANNEL) ? sender.sendThroughChannel(bytes("x")) : sender.send(bytes("x")));
        return receive(to).getPort();
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
