package dev.sluice.udp.epoll;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.spi.DatagramTransport;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The waiting thread: when it begins and ends, and what happens when it or the kernel fails. */
class WaitingThreadTest {
    private static final IpAddressFamily FAMILY = IpAddressFamily.IPV4;

    private final List<DatagramTransport> open = new ArrayList<>();

    private final Callback callback = new Callback();

    /** Some tests need Netty's native library before they need a socket. */
    @BeforeAll
    static void load() {
        Epoll.ensureAvailability();
    }

    @AfterEach
    void close() {
        open.forEach(DatagramTransport::close);
    }

    private static InetSocketAddress bind(DatagramTransport transport, IpAddressFamily family) throws IOException {
        return transport.bind(Peer.loopback(family, 0));
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
                watch.arm(i == 1 ? DatagramTransport.WRITABLE : DatagramTransport.READABLE, callback);
                thread = callback.await();
            }
            thread.join(Peer.LONG.toMillis());
            assertFalse(thread.isAlive(), "the thread counts who doesn't wait any more");
            watch.end();
        } finally {
            waiting.stop();
            file.close();
        }
    }

    /** As the SPI does: it looks, finds nothing, and arms again, from inside the callback. */
    @Test
    void P3_whoEpollHasNoRoomForDoesNotSpin(@TempDir Path folder) throws Exception {
        int rounds = 10;
        WaitingThread waiting = new WaitingThread(Duration.ofSeconds(5));
        FileDescriptor file = FileDescriptor.from(
                Files.createFile(folder.resolve("no-socket")).toFile());
        try {
            Watch watch = new Watch(file, waiting);
            CountDownLatch woken = new CountDownLatch(rounds);
            Runnable again = new Runnable() {
                @Override
                public void run() {
                    woken.countDown();
                    watch.arm(DatagramTransport.READABLE, this);
                }
            };
            long begin = System.nanoTime();
            watch.arm(DatagramTransport.READABLE, again);
            assertTrue(woken.await(Peer.LONG.toSeconds(), TimeUnit.SECONDS), "woken all the same");
            long atLeast = TimeUnit.MILLISECONDS.toNanos(10) * rounds; // it may take longer, on a busy machine
            assertTrue(System.nanoTime() - begin >= atLeast, "with pauses");
            watch.end();
        } finally {
            waiting.stop();
            file.close();
        }
    }

    @Test
    void P3_aThreadThatFailsWakesWhoWaitsAndTheNextOneServes() throws Exception {
        WaitingThread waiting = new WaitingThread(Duration.ofSeconds(5));
        DatagramTransport transport = transport(waiting);
        InetSocketAddress local = bind(transport, FAMILY);
        transport.arm(DatagramTransport.READABLE, callback);
        KernelSocket socket = KernelSocket.open(FAMILY);
        WaitingThread.Turn turn = waiting.enter();
        assertTrue(turn.execute(() -> {
            try {
                turn.register(new Failing(socket.descriptor())).submit(EpollIoOps.EPOLLOUT);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }));
        Thread failed = callback.await(); // for nothing
        transport.arm(DatagramTransport.READABLE, callback);
        try (Peer peer = new Peer(FAMILY)) {
            peer.send(local, (byte) 1);
            assertNotSame(failed, callback.await());
        }
        failed.join(Peer.LONG.toMillis());
        assertFalse(failed.isAlive());
        assertFalse(turn.execute(callback), "who comes to it now is told so");
        socket.close();
        waiting.stop();
    }

    /** Stands for memory that runs out, or a class that can't be loaded any more, in the middle of the loop. */
    private record Failing(FileDescriptor fd) implements EpollIoHandle {
        @Override
        public void handle(IoRegistration registration, IoEvent event) {
            Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> {});
            throw new LinkageError("the loop's own");
        }

        @Override
        public void registered() {}

        @Override
        public void unregistered() {}

        @Override
        public void close() {}
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
            one.arm(DatagramTransport.WRITABLE, callback);
            Thread thread = callback.await();
            assertTrue(thread.isDaemon());
            assertNotSame(last, thread);
            thread.join(Peer.LONG.toMillis());
            assertFalse(thread.isAlive());
            last = thread;
        }
        // And it doesn't while somebody does, be it a socket of an earlier turn.
        two.arm(DatagramTransport.READABLE, callback);
        one.arm(DatagramTransport.WRITABLE, callback);
        Thread thread = callback.await();
        thread.join(300);
        assertTrue(thread.isAlive());
        try (Peer peer = new Peer(FAMILY)) {
            peer.send(local, (byte) 1);
            assertSame(thread, callback.await());
        }
        waiting.stop();
        assertFalse(thread.isAlive());
    }

    /** Threads inherit from whoever makes them, here from somebody who isn't fit for that. */
    @Test
    void P3_theThreadKeepsNeitherTheJvmNorWhoeverWaitedFirst() throws Exception {
        DatagramTransport transport = transport(new WaitingThread(Duration.ofSeconds(5)));
        bind(transport, FAMILY);
        Thread first = new Thread(() -> transport.arm(DatagramTransport.WRITABLE, callback));
        first.setDaemon(false);
        first.setContextClassLoader(new ClassLoader() {});
        first.start();
        Thread thread = callback.await();
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
        two.arm(DatagramTransport.READABLE, callback);
        one.arm(DatagramTransport.WRITABLE, callback);
        Thread thread = callback.await();
        two.close();
        thread.join(Peer.LONG.toMillis());
        assertFalse(thread.isAlive());
        assertFalse(callback.wasCalled());
    }

    /** The end of a turn takes a moment, in which the next one may begin: it must not be taken for that one's end. */
    @Test
    void P3_whoArmsWhileTheThreadEndsIsCalledByTheNextOne() throws Exception {
        WaitingThread waiting = new WaitingThread(Duration.ZERO);
        DatagramTransport transport = transport(waiting);
        bind(transport, FAMILY);
        for (int i = 0; i < 2_000; i++) {
            transport.arm(DatagramTransport.WRITABLE, callback);
            callback.await();
        }
        waiting.stop();
    }

    private DatagramTransport transport(WaitingThread waiting) throws IOException {
        DatagramTransport transport =
                new EpollTransport(KernelSocket.open(FAMILY), FAMILY, new SegmentCeiling(), true, waiting);
        open.add(transport);
        return transport;
    }
}
