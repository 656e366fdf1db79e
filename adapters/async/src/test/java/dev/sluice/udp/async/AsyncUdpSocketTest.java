package dev.sluice.udp.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IncomingDatagram;
import dev.sluice.udp.Network;
import dev.sluice.udp.SocketErrorException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** W1 to W4 over loopback. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AsyncUdpSocketTest {
    /** As many as a receive buffer holds. */
    private static final int ROUNDS = 150;

    private final Sockets sockets = new Sockets();

    @AfterEach
    void close() {
        sockets.close();
    }

    private static ByteBuffer number(int number) {
        return ByteBuffer.allocate(4).putInt(0, number);
    }

    private static int number(CompletableFuture<IncomingDatagram> received) throws Exception {
        return Sockets.get(received).data().getInt();
    }

    private static void assertCode(ErrorCode expected, CompletableFuture<?> future) throws Exception {
        assertEquals(expected, Sockets.error(future).errorCode());
    }

    private static void assertCode(ErrorCode expected, org.junit.jupiter.api.function.Executable call) {
        assertEquals(expected, assertThrows(SocketErrorException.class, call).errorCode());
    }

    @ParameterizedTest
    @MethodSource("dev.sluice.udp.async.Setting#all")
    void W1_sendAndConnectBindAndReceiveDoesNot(Setting setting) throws Exception {
        AsyncUdpSocket receiver = sockets.bound(setting);
        AsyncUdpSocket unbound = sockets.open(setting);
        assertCode(ErrorCode.INVALID_STATE, unbound.receive());
        assertCode(ErrorCode.INVALID_STATE, unbound::localAddress);
        Sockets.get(unbound.send(number(1), receiver.localAddress()));
        int port = unbound.localAddress().getPort();
        assertTrue(port > 0);
        IncomingDatagram received = Sockets.get(receiver.receive());
        assertEquals(port, received.remoteAddress().getPort());
        assertEquals(1, received.data().getInt());

        AsyncUdpSocket connecting = sockets.open(setting);
        connecting.connect(receiver.localAddress());
        assertTrue(connecting.localAddress().getPort() > 0);
        assertEquals(receiver.localAddress(), connecting.remoteAddress());
        assertCode(ErrorCode.INVALID_STATE, () -> connecting.bind(setting.loopback(0)));
    }

    @ParameterizedTest
    @MethodSource("dev.sluice.udp.async.Setting#all")
    void W1_aPeerLimitsBothWaysUntilItIsDropped(Setting setting) throws Exception {
        AsyncUdpSocket one = sockets.bound(setting);
        AsyncUdpSocket other = sockets.bound(setting);
        AsyncUdpSocket socket = sockets.bound(setting);
        assertCode(ErrorCode.INVALID_STATE, socket::disconnect);
        assertCode(ErrorCode.INVALID_ARGUMENT, socket.send(number(0), null));

        socket.connect(one.localAddress());
        Sockets.get(socket.send(number(1), null));
        Sockets.get(socket.send(number(2), one.localAddress()));
        assertCode(ErrorCode.INVALID_ARGUMENT, socket.send(number(3), other.localAddress()));
        assertEquals(1, number(one.receive()));
        assertEquals(2, number(one.receive()));
        CompletableFuture<IncomingDatagram> waiting = socket.receive();
        Sockets.get(other.send(number(4), socket.localAddress()));
        Sockets.get(one.send(number(5), socket.localAddress()));
        assertEquals(5, number(waiting), "only the peer's");

        CompletableFuture<IncomingDatagram> acrossTheChange = socket.receive();
        socket.connect(other.localAddress());
        assertEquals(other.localAddress(), socket.remoteAddress());
        Sockets.get(other.send(number(6), socket.localAddress()));
        assertEquals(6, number(acrossTheChange), "a receiver that waits goes on with the next peer");
        Sockets.get(socket.send(number(7), null));
        assertEquals(7, number(other.receive()));

        socket.disconnect();
        assertCode(ErrorCode.INVALID_STATE, socket::remoteAddress);
        Sockets.get(socket.send(number(8), one.localAddress()));
        assertEquals(8, number(one.receive()));
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> socket.connect(setting.loopback(0)));
        Sockets.get(socket.send(number(9), other.localAddress()));
        assertEquals(9, number(other.receive()));
    }

    @ParameterizedTest
    @MethodSource("dev.sluice.udp.async.Setting#all")
    void W1_optionsAndClose(Setting setting) throws Exception {
        AsyncUdpSocket socket = sockets.bound(setting);
        socket.setReceiveBufferSize(50_000);
        assertEquals(50_000, socket.receiveBufferSize());
        socket.setOption(StandardSocketOptions.IP_TOS, 8);
        assertEquals(8, socket.getOption(StandardSocketOptions.IP_TOS));
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> socket.setSendBufferSize(0));
        InetSocketAddress local = socket.localAddress();
        CompletableFuture<IncomingDatagram> first = socket.receive();
        CompletableFuture<IncomingDatagram> second = socket.receive();
        socket.close();
        assertCode(ErrorCode.INVALID_STATE, first);
        assertCode(ErrorCode.INVALID_STATE, second);
        assertCode(ErrorCode.INVALID_STATE, socket.receive());
        assertCode(ErrorCode.INVALID_STATE, socket.send(number(1), local));
    }

    @ParameterizedTest
    @MethodSource("dev.sluice.udp.async.Setting#all")
    void W2_whatFailsHasItsCodeAndTheNextGoes(Setting setting) throws Exception {
        AsyncUdpSocket receiver = sockets.bound(setting);
        AsyncUdpSocket socket = sockets.bound(setting);
        List<CompletableFuture<Void>> sends = new ArrayList<>();
        sends.add(socket.send(number(0), receiver.localAddress()));
        sends.add(socket.send(ByteBuffer.allocate(70_000), receiver.localAddress()));
        sends.add(socket.send(number(2), setting.loopback(0)));
        sends.add(socket.send(number(3), receiver.localAddress()));
        Sockets.get(sends.get(0));
        assertEquals(AsyncErrorCode.DATAGRAM_TOO_LARGE, AsyncErrorCode.of(Sockets.error(sends.get(1))));
        assertEquals(AsyncErrorCode.INVALID_ARGUMENT, AsyncErrorCode.of(Sockets.error(sends.get(2))));
        Sockets.get(sends.get(3));
        assertEquals(0, number(receiver.receive()));
        assertEquals(3, number(receiver.receive()));
    }

    @ParameterizedTest
    @MethodSource("dev.sluice.udp.async.Setting#all")
    void W2_aRefusalOfThePeerFailsOneReceiverAndTheNextWaits(Setting setting) throws Exception {
        AsyncUdpSocket gone = sockets.bound(setting);
        InetSocketAddress closed = gone.localAddress();
        gone.close();
        AsyncUdpSocket socket = sockets.bound(setting);
        socket.connect(closed);
        CompletableFuture<IncomingDatagram> first = socket.receive();
        CompletableFuture<IncomingDatagram> second = socket.receive();
        Sockets.get(socket.send(number(1), null));
        assertEquals(AsyncErrorCode.CONNECTION_REFUSED, AsyncErrorCode.of(Sockets.error(first)));
        assertTrue(Sockets.error(first).concernsEarlierDatagram());
        assertFalse(second.isDone());
    }

    @ParameterizedTest
    @MethodSource("dev.sluice.udp.async.Setting#all")
    void W3_sendsLeaveInOrderAndAll(Setting setting) throws Exception {
        AsyncUdpSocket receiver = sockets.bound(setting);
        AsyncUdpSocket socket = sockets.bound(setting);
        for (int round = 0; round < 20; round++) {
            List<CompletableFuture<Void>> sends = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                sends.add(socket.send(number(i), receiver.localAddress()));
            }
            for (int i = 0; i < 50; i++) {
                assertEquals(i, number(receiver.receive()));
            }
            for (CompletableFuture<Void> send : sends) {
                Sockets.get(send);
            }
        }
        assertEquals(1000, socket.statistics().datagramsSent());
    }

    @ParameterizedTest
    @MethodSource("dev.sluice.udp.async.Setting#all")
    void W4_manyReceiversGetEachDatagramOnceInOrder(Setting setting) throws Exception {
        AsyncUdpSocket receiver = sockets.bound(setting);
        AsyncUdpSocket socket = sockets.bound(setting);
        List<CompletableFuture<IncomingDatagram>> receives = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            receives.add(receiver.receive());
        }
        for (int i = 0; i < 200; i++) {
            Sockets.get(socket.send(number(i), receiver.localAddress()));
        }
        for (int i = 0; i < 200; i++) {
            assertEquals(i, number(receives.get(i)));
        }
        assertEquals(200, receiver.statistics().datagramsReceived());
    }

    @ParameterizedTest
    @MethodSource("dev.sluice.udp.async.Setting#all")
    void W4_aCancelledReceiverLosesNothing(Setting setting) throws Exception {
        AsyncUdpSocket receiver = sockets.bound(setting);
        AsyncUdpSocket socket = sockets.bound(setting);
        int got = 0;
        for (int i = 0; i < ROUNDS; i++) { // cancelling meets the datagram at any moment
            CompletableFuture<IncomingDatagram> cancelled = receiver.receive();
            CompletableFuture<Void> sent = socket.send(number(i), receiver.localAddress());
            if (!cancelled.cancel(false)) {
                assertEquals(got++, number(cancelled));
            }
            Sockets.get(sent);
        }
        while (got < ROUNDS) {
            assertEquals(got++, number(receiver.receive()));
        }
    }

    /** Callbacks then come inside of the calls that cause them. */
    @ParameterizedTest
    @MethodSource("dev.sluice.udp.async.Setting#all")
    void W1_worksOnAnExecutorThatRunsTasksAtOnce(Setting setting) throws Exception {
        AsyncUdpSocket receiver = sockets.bound(setting);
        AsyncUdpSocket socket = sockets.open(setting, Runnable::run);
        CompletableFuture<IncomingDatagram> unbound = socket.receive();
        assertCode(ErrorCode.INVALID_STATE, unbound);
        socket.bind(setting.loopback(0));
        CompletableFuture<IncomingDatagram> waiting = socket.receive();
        for (int i = 0; i < 20; i++) {
            socket.connect(receiver.localAddress());
            socket.disconnect();
        }
        Sockets.get(receiver.send(number(1), socket.localAddress()));
        assertEquals(1, number(waiting));
        CompletableFuture<IncomingDatagram> last = socket.receive();
        socket.close();
        assertCode(ErrorCode.INVALID_STATE, last);
    }

    @ParameterizedTest
    @MethodSource("dev.sluice.udp.async.Setting#all")
    void W3_whatIsCancelledBeforeItIsHandedOverIsNotSent(Setting setting) throws Exception {
        AsyncUdpSocket receiver = sockets.bound(setting);
        List<Runnable> tasks = new ArrayList<>();
        AsyncUdpSocket socket = sockets.open(setting, tasks::add);
        List<CompletableFuture<Void>> sends = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            sends.add(socket.send(number(i), receiver.localAddress()));
        }
        assertTrue(sends.get(0).cancel(false));
        assertTrue(sends.get(3).cancel(false));
        tasks.forEach(Runnable::run);
        for (int i : new int[] {1, 2, 4, 5}) {
            Sockets.get(sends.get(i));
            assertEquals(i, number(receiver.receive()));
        }
        assertEquals(4, socket.statistics().datagramsSent());
    }

    @ParameterizedTest
    @MethodSource("dev.sluice.udp.async.Setting#all")
    void W3_whatWaitsIsBounded(Setting setting) throws Exception {
        AsyncUdpSocket receiver = sockets.bound(setting);
        List<Runnable> tasks = new ArrayList<>();
        AsyncUdpSocket socket = sockets.open(setting, tasks::add);
        CompletableFuture<Void> last = null;
        for (int i = 0; i < AsyncUdpSocket.MAX_WAITING_SENDS; i++) {
            last = socket.send(number(i), receiver.localAddress());
        }
        assertCode(ErrorCode.OUT_OF_MEMORY, socket.send(number(0), receiver.localAddress()));
        assertFalse(last.isDone());
        tasks.forEach(Runnable::run);
        assertEquals(0, number(receiver.receive()));
        socket.close();

        AsyncUdpSocket large = sockets.open(setting, tasks::add);
        ByteBuffer payload = ByteBuffer.allocate(60_000);
        int kept = AsyncUdpSocket.MAX_WAITING_BYTES / payload.remaining();
        for (int i = 0; i < kept; i++) {
            assertFalse(large.send(payload, receiver.localAddress()).isDone());
        }
        assertCode(ErrorCode.OUT_OF_MEMORY, large.send(payload, receiver.localAddress()));
    }

    /** What was sent before the fault leaves, and so does what follows it. */
    @ParameterizedTest
    @MethodSource("dev.sluice.udp.async.Setting#all")
    void W3_aNetworkThatThrowsFailsTheSendThatItWasAskedAbout(Setting setting) throws Exception {
        AsyncUdpSocket receiver = sockets.bound(setting);
        AsyncUdpSocket other = sockets.bound(setting);
        List<Runnable> tasks = new ArrayList<>();
        AsyncUdpSocket socket = sockets.open(setting, tasks::add, new Throwing(other.localAddress()));
        List<CompletableFuture<Void>> sends = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            sends.add(socket.send(number(i), (i == 2 ? other : receiver).localAddress()));
        }
        tasks.forEach(Runnable::run);
        for (int i : new int[] {0, 1, 3, 4}) {
            Sockets.get(sends.get(i));
            assertEquals(i, number(receiver.receive()));
        }
        ExecutionException thrown = assertThrows(ExecutionException.class, () -> Sockets.get(sends.get(2)));
        assertInstanceOf(IllegalStateException.class, thrown.getCause());
    }

    private record Throwing(InetSocketAddress at) implements Network {
        @Override
        public boolean mayBind(InetSocketAddress local) {
            return true;
        }

        @Override
        public boolean maySendTo(InetSocketAddress remote) {
            if (remote.equals(at)) {
                throw new IllegalStateException("a fault of the network");
            }
            return true;
        }

        @Override
        public boolean mayReceiveFrom(InetSocketAddress remote) {
            return true;
        }
    }
}
