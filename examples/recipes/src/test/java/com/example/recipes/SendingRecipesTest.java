package com.example.recipes;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.UdpSockets;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The recipes that send, each through a provider and through a channel. */
class SendingRecipesTest extends Recipes {

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

    /** Virtual threads, from Java 21 on. */
    private static ThreadFactory threads() throws ReflectiveOperationException {
        if (Runtime.version().feature() < 21) {
            return Thread::new;
        }
        Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
        return (ThreadFactory) Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aForwarderWhoseSocketIsClosedSaysSo(String provider) throws Exception {
        BlockingQueue<String> lines = new ArrayBlockingQueue<>(16);
        UdpSocket socket = open(provider, "127.0.0.1");
        try (DatagramSocket collector = socket("127.0.0.1")) {
            FutureTask<Object> forwarded = start(() -> {
                SyslogForwarder.forward(lines, socket, address(collector));
                return null;
            });
            lines.put("line");
            assertEquals("<14>1 - - app - - - line", text(receive(collector)));
            socket.close();
            lines.put("lost");
            Throwable end = assertThrows(ExecutionException.class, forwarded::get).getCause();
            assertEquals(ErrorCode.INVALID_STATE, ((SocketErrorException) end).errorCode());
        } finally {
            socket.close();
        }
    }
}
