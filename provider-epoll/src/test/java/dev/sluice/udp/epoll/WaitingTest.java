package dev.sluice.udp.epoll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.DatagramTransport;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Readiness, at the transport: what the SPI builds its pollables on. */
class WaitingTest {
    private static final IpAddressFamily FAMILY = IpAddressFamily.IPV4;

    private final List<DatagramTransport> open = new ArrayList<>();
    private EpollSockets sockets = new EpollSockets();

    /** The threads on which callbacks ran, one entry for each call. */
    private final BlockingQueue<Thread> fired = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        open.forEach(DatagramTransport::close);
        sockets.stop();
    }

    private DatagramTransport bound(IpAddressFamily family) throws IOException {
        DatagramTransport transport = sockets.open(family);
        open.add(transport);
        return transport;
    }

    private static InetSocketAddress bind(DatagramTransport transport, IpAddressFamily family) throws IOException {
        return transport.bind(Peer.loopback(family, 0));
    }

    private void fire() {
        fired.add(Thread.currentThread());
    }

    private Thread awaitFired() throws InterruptedException {
        Thread thread = fired.poll(Peer.LONG.toSeconds(), TimeUnit.SECONDS);
        assertTrue(thread != null, "the callback was not called");
        return thread;
    }

    private static void drain(DatagramTransport transport) throws IOException {
        DatagramBatch batch = new DatagramBatch(64, 70_000);
        while (transport.receive(batch, 64) > 0) {
            batch.clear();
        }
    }

    @ParameterizedTest
    @EnumSource
    void P3_aCallbackIsCalledOnceForEachTimeItIsArmed(IpAddressFamily family) throws Exception {
        try (Peer peer = new Peer(family)) {
            DatagramTransport transport = bound(family);
            InetSocketAddress local = bind(transport, family);
            for (int i = 0; i < 3; i++) {
                assertEquals(0, transport.readiness(DatagramTransport.READABLE));
                transport.arm(DatagramTransport.READABLE, this::fire);
                assertTrue(fired.isEmpty());
                peer.send(local, (byte) 1);
                peer.send(local, (byte) 2);
                awaitFired();
                assertEquals(DatagramTransport.READABLE, transport.readiness(DatagramTransport.READABLE));
                transport.arm(DatagramTransport.WRITABLE, this::fire); // readable still, yet not asked for any more
                awaitFired();
                drain(transport);
                assertTrue(fired.isEmpty());
            }
        }
    }

    @Test
    void P3_whatIsReadyAlreadyFiresThoughNotFromInside() throws Exception {
        DatagramTransport transport = bound(FAMILY);
        bind(transport, FAMILY);
        transport.arm(DatagramTransport.WRITABLE, this::fire);
        assertNotSame(Thread.currentThread(), awaitFired());
    }

    @Test
    void P3_aLaterCallbackReplacesTheEarlier() throws Exception {
        try (Peer peer = new Peer(FAMILY)) {
            DatagramTransport transport = bound(FAMILY);
            InetSocketAddress local = bind(transport, FAMILY);
            BlockingQueue<String> names = new LinkedBlockingQueue<>();
            transport.arm(DatagramTransport.READABLE, () -> names.add("earlier"));
            transport.arm(DatagramTransport.READABLE, () -> names.add("later"));
            peer.send(local, (byte) 1);
            assertEquals("later", names.poll(Peer.LONG.toSeconds(), TimeUnit.SECONDS));
            assertTrue(names.isEmpty());
        }
    }

    @Test
    void P3_oneDirectionDoesNotDisturbTheOther() throws Exception {
        try (Peer peer = new Peer(FAMILY)) {
            DatagramTransport transport = bound(FAMILY);
            InetSocketAddress local = bind(transport, FAMILY);
            BlockingQueue<String> names = new LinkedBlockingQueue<>();
            transport.arm(DatagramTransport.READABLE, () -> names.add("readable"));
            transport.arm(DatagramTransport.WRITABLE, () -> names.add("writable"));
            assertEquals("writable", names.poll(Peer.LONG.toSeconds(), TimeUnit.SECONDS));
            peer.send(local, (byte) 1);
            assertEquals("readable", names.poll(Peer.LONG.toSeconds(), TimeUnit.SECONDS));
        }
    }

    @ParameterizedTest
    @EnumSource
    void P2_anErrorFiresAndAskingKeepsItForTheNextCall(IpAddressFamily family) throws Exception {
        InetSocketAddress nobody;
        try (Peer peer = new Peer(family)) {
            nobody = peer.address();
        }
        DatagramTransport transport = bound(family);
        bind(transport, family);
        transport.connect(nobody);
        DatagramBatch one = new DatagramBatch(1, 1);
        one.add(null, ByteBuffer.allocate(1));
        transport.arm(DatagramTransport.READABLE, this::fire);
        assertEquals(1, transport.send(one, 0, 1));
        awaitFired();

        int both = DatagramTransport.READABLE | DatagramTransport.WRITABLE;
        assertEquals(both, transport.readiness(both));
        transport.arm(DatagramTransport.READABLE, this::fire); // the kernel knows nothing of it any more
        awaitFired();
        SocketErrorException e = assertThrows(SocketErrorException.class, () -> transport.send(one, 0, 1));
        assertEquals(ErrorCode.CONNECTION_REFUSED, e.errorCode());
        assertEquals(0, transport.readiness(DatagramTransport.READABLE));
    }

    @Test
    void R1_aDrainedQueueIsNotReadable() throws Exception {
        try (Peer peer = new Peer(FAMILY)) {
            DatagramTransport transport = bound(FAMILY);
            InetSocketAddress local = bind(transport, FAMILY);
            for (int size : new int[] {0, 1, 1000, 60_000}) {
                for (int count : new int[] {1, 2, 50}) {
                    for (int i = 0; i < count; i++) {
                        peer.send(local, new byte[size]);
                    }
                    assertEquals(DatagramTransport.READABLE, transport.readiness(DatagramTransport.READABLE));
                    drain(transport);
                    assertEquals(0, transport.readiness(DatagramTransport.READABLE));
                }
            }
        }
    }

    /** A file stands for a socket that epoll_ctl refuses (EPERM; of a socket it would be ENOSPC or ENOMEM). */
    @Test
    void P3_whoEpollHasNoRoomForIsWokenEachTimeAndNotForgotten(@TempDir Path folder) throws Exception {
        WaitingThread waiting = new WaitingThread(Duration.ofMillis(50));
        FileDescriptor file = FileDescriptor.from(
                Files.createFile(folder.resolve("no-socket")).toFile());
        try {
            Watch watch = new Watch(file, waiting);
            Thread thread = null;
            for (int i = 0; i < 3; i++) {
                watch.arm(i == 1 ? DatagramTransport.WRITABLE : DatagramTransport.READABLE, this::fire);
                thread = awaitFired();
            }
            thread.join(Peer.LONG.toMillis());
            assertFalse(thread.isAlive(), "the thread counts who doesn't wait any more");
            watch.end();
        } finally {
            waiting.stop();
            file.close();
        }
    }

    @Test
    void P3_theThreadEndsWhenNobodyWaitsAndStartsAnew() throws Exception {
        WaitingThread waiting = new WaitingThread(Duration.ofMillis(50));
        DatagramTransport one = transport(waiting);
        DatagramTransport two = transport(waiting);
        bind(one, FAMILY);
        InetSocketAddress local = bind(two, FAMILY);
        Thread last = null;
        for (int i = 0; i < 3; i++) {
            one.arm(DatagramTransport.WRITABLE, this::fire);
            Thread thread = awaitFired();
            assertTrue(thread.isDaemon());
            assertNotSame(last, thread);
            thread.join(Peer.LONG.toMillis());
            assertFalse(thread.isAlive());
            last = thread;
        }
        // And it doesn't while somebody does, be it a socket of an earlier turn.
        two.arm(DatagramTransport.READABLE, this::fire);
        one.arm(DatagramTransport.WRITABLE, this::fire);
        Thread thread = awaitFired();
        thread.join(300);
        assertTrue(thread.isAlive());
        try (Peer peer = new Peer(FAMILY)) {
            peer.send(local, (byte) 1);
            assertSame(thread, awaitFired());
        }
        waiting.stop();
        assertFalse(thread.isAlive());
    }

    /** Threads inherit from whoever makes them, here from somebody who isn't fit for that. */
    @Test
    void P3_theThreadKeepsNeitherTheJvmNorWhoeverWaitedFirst() throws Exception {
        DatagramTransport transport = bound(FAMILY);
        bind(transport, FAMILY);
        Thread first = new Thread(() -> transport.arm(DatagramTransport.WRITABLE, this::fire));
        first.setDaemon(false);
        first.setContextClassLoader(new ClassLoader() {});
        first.start();
        Thread thread = awaitFired();
        assertTrue(thread.isDaemon());
        assertSame(EpollProvider.class.getClassLoader(), thread.getContextClassLoader());
    }

    @Test
    void P3_closingTheLastSocketThatIsWaitedForLetsTheThreadEnd() throws Exception {
        WaitingThread waiting = new WaitingThread(Duration.ofMillis(50));
        DatagramTransport one = transport(waiting);
        DatagramTransport two = transport(waiting);
        bind(one, FAMILY);
        bind(two, FAMILY);
        two.arm(DatagramTransport.READABLE, this::fire);
        one.arm(DatagramTransport.WRITABLE, this::fire);
        Thread thread = awaitFired();
        two.close();
        thread.join(Peer.LONG.toMillis());
        assertFalse(thread.isAlive());
        assertTrue(fired.isEmpty());
    }

    private DatagramTransport transport(WaitingThread waiting) throws IOException {
        DatagramTransport transport =
                new EpollTransport(KernelSocket.open(FAMILY), FAMILY, new SegmentCeiling(), true, waiting);
        open.add(transport);
        return transport;
    }

    @Test
    @Tag("slow")
    void P3_tenThousandSocketsAreWaitedForByOneThread() throws Exception {
        int count = 10_000;
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            DatagramTransport transport = boundIfAllowed();
            addresses.add(bind(transport, FAMILY));
            transport.arm(DatagramTransport.READABLE, this::fire);
        }
        try (Peer peer = new Peer(FAMILY)) {
            Thread only = null;
            for (int i = 0; i < count; i++) {
                peer.send(addresses.get(i), (byte) 1);
                Thread thread = awaitFired();
                assertTrue(only == null || only == thread);
                only = thread;
            }
        }
    }

    /** A person's machine may allow fewer descriptors, CI's may not. */
    private DatagramTransport boundIfAllowed() throws IOException {
        try {
            return bound(FAMILY);
        } catch (SocketErrorException e) {
            boolean tooFew = e.errorCode() == ErrorCode.NEW_SOCKET_LIMIT;
            assumeFalse(tooFew && !"true".equals(System.getenv("CI")), "ulimit -n is too low");
            throw e;
        }
    }
}
