package dev.sluice.udp.nio;

import static dev.sluice.udp.nio.Loopback.LONG;
import static dev.sluice.udp.spi.DatagramTransport.READABLE;
import static dev.sluice.udp.spi.DatagramTransport.WRITABLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
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

    /** On the thread itself, where no selection comes between: who is called before the last one was told to be. */
    @Test
    void P3_firingIsForThoseDirectionsAndNoOther() throws Exception {
        assertEquals(List.of("readable"), calledFor(READABLE));
        assertEquals(List.of("writable"), calledFor(WRITABLE));
        assertEquals(List.of("readable", "writable"), calledFor(READABLE | WRITABLE));
    }

    private List<String> calledFor(int fired) throws InterruptedException {
        List<String> order = new ArrayList<>();
        BlockingQueue<List<String>> result = new LinkedBlockingQueue<>();
        other.arm(WRITABLE, () -> {
            watch.arm(READABLE, () -> order.add("readable"));
            watch.arm(WRITABLE, () -> order.add("writable"));
            watch.fire(fired);
            waiting.post(() -> result.add(List.copyOf(order)));
        });
        return result.poll(LONG.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void P3_aSelectionCallsOnlyWhoIsReady() throws Exception {
        BlockingQueue<Integer> dues = new LinkedBlockingQueue<>();
        for (int ready : new int[] {SelectionKey.OP_READ, SelectionKey.OP_WRITE}) {
            other.arm(WRITABLE, () -> {
                watch.arm(READABLE, this::call);
                watch.arm(WRITABLE, this::call);
                Queue<Runnable> due = new ArrayDeque<>();
                watch.selected(new FoundReady(ready), due);
                dues.add(due.size());
                watch.fire(READABLE | WRITABLE);
            });
            assertEquals(1, dues.poll(LONG.toSeconds(), TimeUnit.SECONDS));
            awaitCall();
        }
    }

    @Test
    void P3_theSelectorIsAskedForNoMoreThanIsWaitedFor() {
        assertEquals(SelectionKey.OP_READ, Watch.operations(READABLE));
        assertEquals(SelectionKey.OP_WRITE, Watch.operations(WRITABLE));
        assertEquals(SelectionKey.OP_READ | SelectionKey.OP_WRITE, Watch.operations(READABLE | WRITABLE));
    }

    /** What a selection would show. */
    private static final class FoundReady extends SelectionKey {
        private final int ready;
        private int interest = OP_READ | OP_WRITE;

        FoundReady(int ready) {
            this.ready = ready;
        }

        @Override
        public int readyOps() {
            return ready;
        }

        @Override
        public int interestOps() {
            return interest;
        }

        @Override
        public SelectionKey interestOps(int ops) {
            interest = ops;
            return this;
        }

        @Override
        public boolean isValid() {
            return true;
        }

        @Override
        public SelectableChannel channel() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Selector selector() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void cancel() {
            throw new UnsupportedOperationException();
        }
    }

    /** Threads inherit from whoever makes them, here from somebody who isn't fit for that. */
    @Test
    void P3_theThreadKeepsNeitherTheJvmNorWhoeverWaitedFirst() throws Exception {
        Thread first = new Thread(() -> watch.arm(WRITABLE, this::call));
        first.setDaemon(false);
        first.setContextClassLoader(new ClassLoader() {});
        first.start();
        Thread thread = awaitCall();
        assertTrue(thread.isDaemon());
        assertNull(thread.getContextClassLoader());
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
