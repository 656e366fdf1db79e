package dev.sluice.udp.nio;

import static dev.sluice.udp.nio.Loopback.LONG;
import static dev.sluice.udp.spi.DatagramTransport.READABLE;
import static dev.sluice.udp.spi.DatagramTransport.WRITABLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The waiting thread counts who waits: when nobody does, it ends, and not before (P3). */
class WatchTest {
    private final WaitingThread waiting = new WaitingThread(Duration.ofMillis(50));
    private final BlockingQueue<Thread> called = new LinkedBlockingQueue<>();

    /** Nothing arrives at either. */
    private DatagramChannel channel;

    private DatagramChannel otherChannel;
    private Watch watch;
    private Watch other;

    @BeforeEach
    void open() throws Exception {
        waiting.prepare();
        channel = channel();
        otherChannel = channel();
        watch = new Watch(channel, waiting);
        other = new Watch(otherChannel, waiting);
    }

    private static DatagramChannel channel() throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).configureBlocking(false);
        return channel;
    }

    @AfterEach
    void close() throws Exception {
        channel.close();
        otherChannel.close();
        waiting.stop();
    }

    private void call() {
        called.add(Thread.currentThread());
    }

    private Thread awaitCall() throws InterruptedException {
        Thread thread = called.poll(LONG.toSeconds(), TimeUnit.SECONDS);
        assertNotNull(thread, "not called");
        return thread;
    }

    private static void assertEnds(Thread thread) throws InterruptedException {
        thread.join(LONG.toMillis());
        assertFalse(thread.isAlive(), "it counts somebody who doesn't wait any more");
    }

    private static void assertStays(Thread thread) throws InterruptedException {
        thread.join(300);
        assertTrue(thread.isAlive(), "it forgot somebody who waits");
    }

    @Test
    void P3_itStaysAsLongAsSomebodyWaits() throws Exception {
        watch.arm(READABLE, this::call);
        watch.arm(READABLE, this::call); // takes the place of the first
        other.arm(WRITABLE, this::call);
        Thread thread = awaitCall();
        assertStays(thread);
        watch.fire(READABLE);
        assertSame(thread, awaitCall());
        assertEnds(thread);
        assertTrue(called.isEmpty());
    }

    @Test
    void P3_onlyTheDirectionThatIsReadyIsCalled() throws Exception {
        watch.arm(READABLE, this::call);
        watch.fire(WRITABLE);
        other.arm(WRITABLE, this::call); // a wrong call would have come before this one
        Thread thread = awaitCall();
        assertTrue(called.isEmpty());
        watch.fire(READABLE | WRITABLE);
        assertSame(thread, awaitCall());
    }

    @Test
    void P3_closingWhoWaitsLetsItEnd() throws Exception {
        watch.arm(READABLE, () -> call());
        BlockingQueue<Thread> closer = new LinkedBlockingQueue<>();
        other.arm(WRITABLE, () -> {
            watch.arm(WRITABLE, this::call); // and the thread has no chance to find out that it is
            closeChannel();
            watch.close();
            closer.add(Thread.currentThread());
        });
        Thread thread = closer.poll(LONG.toSeconds(), TimeUnit.SECONDS);
        assertNotNull(thread, "not called");
        assertEnds(thread);
        assertTrue(called.isEmpty());
    }

    private void closeChannel() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void P3_armingAgainCountsToo() throws Exception {
        BlockingQueue<Thread> armer = new LinkedBlockingQueue<>();
        other.arm(WRITABLE, () -> {
            watch.armAgain(READABLE, this::call);
            watch.armAgain(READABLE, () -> armer.add(Thread.currentThread())); // the place is taken
            armer.add(Thread.currentThread());
        });
        Thread thread = armer.poll(LONG.toSeconds(), TimeUnit.SECONDS);
        assertNotNull(thread, "not called");
        assertStays(thread);
        watch.fire(READABLE);
        assertSame(thread, awaitCall());
        assertEnds(thread);
        assertTrue(armer.isEmpty());
    }

    @Test
    void U7_armingAgainAfterCloseIsNoWaiting() throws Exception {
        watch.arm(READABLE, this::call);
        closeChannel();
        watch.close();
        watch.armAgain(READABLE, this::call);
        other.arm(WRITABLE, this::call);
        assertEnds(awaitCall());
        assertTrue(called.isEmpty());
    }

    @Test
    void P3_aCallbackThatThrowsIsReportedAndDisturbsNobody() throws Exception {
        BlockingQueue<Throwable> reported = new LinkedBlockingQueue<>();
        RuntimeException thrown = new IllegalStateException("on purpose");
        watch.arm(READABLE, () -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> reported.add(failure));
            call();
            throw thrown;
        });
        watch.fire(READABLE);
        Thread thread = awaitCall();
        assertSame(thrown, reported.poll(LONG.toSeconds(), TimeUnit.SECONDS));
        other.arm(WRITABLE, this::call);
        assertSame(thread, awaitCall());
        assertEquals("sluice-nio", thread.getName());
    }
}
