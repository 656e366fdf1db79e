// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.epoll;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.spi.DatagramTransport;
import dev.sluice.udp.spi.EventLoop;
import dev.sluice.udp.spi.SegmentCeiling;
import io.netty.channel.epoll.Epoll;
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

/** The waiting thread in epoll_wait: when it begins and ends, and what happens when epoll refuses a socket. */
class EpollRegistrationTest {
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

    private static EventLoop loop(Duration idle) {
        return new EventLoop("sluice-epoll", idle, EpollMultiplexer::open);
    }

    private static void arm(EpollRegistration registration, Runnable ready) {
        try {
            registration.arm(DatagramTransport.READABLE, ready);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static InetSocketAddress bind(DatagramTransport transport, IpAddressFamily family) throws IOException {
        return transport.bind(Peer.loopback(family, 0));
    }

    /** A file stands for a socket that epoll_ctl refuses (EPERM; of a socket it would be ENOSPC or ENOMEM). */
    @Test
    void P5_aSocketThatEpollRefusesIsWokenEachTime(@TempDir Path folder) throws Exception {
        EventLoop loop = loop(Duration.ofMillis(50));
        FileDescriptor file = FileDescriptor.from(
                Files.createFile(folder.resolve("no-socket")).toFile());
        try {
            EpollRegistration registration = new EpollRegistration(file, loop);
            Thread thread = null;
            for (int i = 0; i < 3; i++) {
                registration.arm(i == 1 ? DatagramTransport.WRITABLE : DatagramTransport.READABLE, callback);
                thread = callback.await();
            }
            thread.join(Peer.LONG.toMillis());
            assertFalse(thread.isAlive(), "the thread counts a socket that doesn't wait any more");
            registration.close();
        } finally {
            loop.stop();
            file.close();
        }
    }

    /** As the SPI does: it looks, finds nothing, and arms again, from inside the callback. */
    @Test
    void P5_aSocketThatEpollRefusesDoesNotSpin(@TempDir Path folder) throws Exception {
        int rounds = 10;
        EventLoop loop = loop(Duration.ofSeconds(5));
        FileDescriptor file = FileDescriptor.from(
                Files.createFile(folder.resolve("no-socket")).toFile());
        try {
            EpollRegistration registration = new EpollRegistration(file, loop);
            CountDownLatch woken = new CountDownLatch(rounds);
            Runnable again = new Runnable() {
                @Override
                public void run() {
                    woken.countDown();
                    arm(registration, this);
                }
            };
            long begin = System.nanoTime();
            registration.arm(DatagramTransport.READABLE, again);
            assertTrue(woken.await(Peer.LONG.toSeconds(), TimeUnit.SECONDS), "woken all the same");
            long atLeast = TimeUnit.MILLISECONDS.toNanos(10) * rounds; // it may take longer, on a busy machine
            assertTrue(System.nanoTime() - begin >= atLeast, "with pauses");
            registration.close();
        } finally {
            loop.stop();
            file.close();
        }
    }

    @Test
    void P3_theThreadEndsWhenNothingIsWaitedForAndStartsAnew() throws Exception {
        EventLoop loop = loop(Duration.ofMillis(50));
        DatagramTransport one = transport(loop);
        DatagramTransport two = transport(loop);
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
        // And it doesn't while a socket waits, be it one that an earlier thread served.
        two.arm(DatagramTransport.READABLE, callback);
        one.arm(DatagramTransport.WRITABLE, callback);
        Thread thread = callback.await();
        thread.join(300);
        assertTrue(thread.isAlive());
        try (Peer peer = new Peer(FAMILY)) {
            peer.send(local, (byte) 1);
            assertSame(thread, callback.await());
        }
        loop.stop();
        assertFalse(thread.isAlive());
    }

    @Test
    void P3_closingTheLastSocketThatIsWaitedForLetsTheThreadEnd() throws Exception {
        EventLoop loop = loop(Duration.ofMillis(50));
        DatagramTransport one = transport(loop);
        DatagramTransport two = transport(loop);
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

    /** The end of a thread takes a moment, in which the next one may begin: it must not be taken for that one's end. */
    @Test
    void P3_armingWhileTheThreadEndsIsServedByTheNextOne() throws Exception {
        EventLoop loop = loop(Duration.ZERO);
        DatagramTransport transport = transport(loop);
        bind(transport, FAMILY);
        for (int i = 0; i < 2_000; i++) {
            transport.arm(DatagramTransport.WRITABLE, callback);
            callback.await();
        }
        loop.stop();
    }

    private DatagramTransport transport(EventLoop loop) throws IOException {
        DatagramTransport transport =
                new EpollTransport(KernelSocket.open(FAMILY), FAMILY, new SegmentCeiling(), true, loop);
        open.add(transport);
        return transport;
    }
}
