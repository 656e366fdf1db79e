// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import static dev.sluice.udp.spi.DatagramTransport.READABLE;
import static dev.sluice.udp.spi.DatagramTransport.WRITABLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.SocketErrorException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The waiting thread: when it begins and ends, and that nothing it serves can break it (P3, P5). */
class EventLoopTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    /** Waits for nothing but wake-ups; registrations say themselves what has occurred. */
    private static final class WakeUps implements Multiplexer {
        private final Semaphore wakeups = new Semaphore(0);
        private final AtomicInteger awaits = new AtomicInteger();
        private volatile Throwable failure;
        private volatile boolean closed;

        @Override
        public void await(long nanos) throws IOException {
            awaits.incrementAndGet();
            Throwable thrown = failure;
            if (thrown instanceof IOException e) {
                throw e;
            }
            if (thrown instanceof Error e) {
                throw e;
            }
            try {
                wakeups.tryAcquire(nanos, TimeUnit.NANOSECONDS);
                wakeups.drainPermits();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void wakeup() {
            wakeups.release();
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private final List<WakeUps> opened = new ArrayList<>();
    private final BlockingQueue<Thread> called = new LinkedBlockingQueue<>();
    private EventLoop loop = loop(LONG);
    private IOException openFailure;
    private int refusals;

    private EventLoop loop(Duration idle) {
        return new EventLoop("sluice-test", idle, context -> {
            if (openFailure != null) {
                throw openFailure;
            }
            opened.add(new WakeUps());
            return opened.get(opened.size() - 1);
        });
    }

    private final class Socket extends EventRegistration {
        private final List<Integer> requests = new ArrayList<>();
        private int released;

        Socket() {
            super(loop);
        }

        @Override
        protected void request(Multiplexer multiplexer, int interest) throws IOException {
            if (refusals > 0) {
                refusals--;
                throw SocketErrors.of(Operation.WAIT, Errno.ENOMEM, null);
            }
            requests.add(interest);
        }

        @Override
        protected void release(Multiplexer multiplexer) {
            released++;
        }
    }

    @AfterEach
    void stop() {
        loop.stop();
    }

    private void call() {
        called.add(Thread.currentThread());
    }

    private Thread awaitCall() throws InterruptedException {
        Thread thread = called.poll(LONG.toSeconds(), TimeUnit.SECONDS);
        assertNotNull(thread, "not called");
        return thread;
    }

    private Thread threadOf(Socket socket) throws Exception {
        socket.arm(WRITABLE, this::call);
        socket.occurred(WRITABLE);
        return awaitCall();
    }

    private static void assertEnds(Thread thread) throws InterruptedException {
        thread.join(LONG.toMillis());
        assertFalse(thread.isAlive(), "it counts a socket that doesn't wait any more");
    }

    @Test
    void P3_onlyTheDirectionThatIsReadyIsCalledAndTheOtherIsAskedForAgain() throws Exception {
        Socket socket = new Socket();
        BlockingQueue<String> order = new LinkedBlockingQueue<>();
        socket.arm(READABLE, () -> order.add("readable"));
        socket.arm(WRITABLE, () -> order.add("writable"));
        socket.occurred(WRITABLE);
        assertEquals("writable", order.poll(LONG.toSeconds(), TimeUnit.SECONDS));
        socket.occurred(WRITABLE);
        socket.occurred(READABLE);
        assertEquals("readable", order.poll(LONG.toSeconds(), TimeUnit.SECONDS));
        assertEquals(List.of(READABLE, READABLE | WRITABLE, READABLE), socket.requests.subList(0, 3));
        assertTrue(order.isEmpty());
    }

    @Test
    void P3_aLaterCallbackTakesThePlaceOfTheFirst() throws Exception {
        Socket socket = new Socket();
        socket.arm(READABLE, () -> called.add(new Thread("the first")));
        socket.arm(READABLE, this::call);
        socket.occurred(READABLE);
        assertEquals("sluice-test", awaitCall().getName());
        assertTrue(called.isEmpty());
    }

    @Test
    void P3_theThreadEndsWhenNothingIsWaitedForAndStartsAnew() throws Exception {
        loop = loop(Duration.ofMillis(20));
        Socket socket = new Socket();
        Thread first = threadOf(socket);
        assertEnds(first);
        assertTrue(opened.get(0).closed);
        Thread second = threadOf(socket);
        assertNotSame(first, second);
        socket.arm(READABLE, this::call);
        second.join(200);
        assertTrue(second.isAlive(), "it forgot a socket that waits");
        socket.close();
        assertEnds(second);
        assertEquals(2, opened.size());
    }

    @Test
    void P3_arming_2000_timesWhileTheThreadEndsIsNeverMissed() throws Exception {
        loop = loop(Duration.ZERO);
        Socket socket = new Socket();
        for (int i = 0; i < 2_000; i++) {
            threadOf(socket);
        }
    }

    @Test
    void U7_afterCloseNothingIsCalledOrAsked() throws Exception {
        Socket socket = new Socket();
        Thread thread = threadOf(socket);
        int asked = socket.requests.size();
        socket.arm(READABLE, this::call);
        socket.close();
        socket.close();
        socket.occurred(READABLE);
        socket.arm(WRITABLE, this::call);
        assertSame(thread, threadOf(new Socket()));
        assertTrue(called.isEmpty());
        assertEquals(asked + 1, socket.requests.size());
        assertEquals(1, socket.released);
    }

    @Test
    void P5_theThreadInheritsNothing() throws Exception {
        InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
        BlockingQueue<String> inherited = new LinkedBlockingQueue<>();
        Socket socket = new Socket();
        ThreadGroup group = new ThreadGroup("an application's");
        Thread first = new Thread(group, () -> {
            local.set("an application's");
            try {
                socket.arm(WRITABLE, () -> {
                    inherited.add("" + local.get());
                    call();
                });
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        first.setDaemon(false);
        first.setContextClassLoader(new ClassLoader() {});
        first.start();
        first.join();
        socket.occurred(WRITABLE);
        Thread thread = awaitCall();
        assertEquals("null", inherited.take());
        assertTrue(thread.isDaemon());
        assertNull(thread.getContextClassLoader());
        assertNull(thread.getThreadGroup().getParent());
    }

    @Test
    void P5_whatCallbacksAndHandlersThrowEndsNothing() throws Exception {
        Socket one = new Socket();
        Socket other = new Socket();
        Thread thread = threadOf(one);
        thread.setUncaughtExceptionHandler((failed, thrown) -> {
            throw new LinkageError("the handler's");
        });
        for (Throwable thrown :
                List.of(new IllegalStateException(), new StackOverflowError(), new OutOfMemoryError())) {
            one.arm(READABLE, () -> sneaky(thrown));
            one.arm(WRITABLE, this::call);
            other.arm(READABLE, this::call);
            one.occurred(READABLE | WRITABLE);
            other.occurred(READABLE);
            assertSame(thread, awaitCall());
            assertSame(thread, awaitCall());
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneaky(Throwable thrown) throws T {
        throw (T) thrown;
    }

    @Test
    void P5_anInterruptNeitherSpinsNorReachesTheNextCallback() throws Exception {
        Socket socket = new Socket();
        Thread thread = threadOf(socket);
        BlockingQueue<Boolean> interrupted = new LinkedBlockingQueue<>();
        socket.arm(READABLE, () -> Thread.currentThread().interrupt());
        socket.occurred(READABLE);
        socket.arm(WRITABLE, () -> interrupted.add(Thread.currentThread().isInterrupted()));
        socket.occurred(WRITABLE);
        assertEquals(false, interrupted.poll(LONG.toSeconds(), TimeUnit.SECONDS));
        thread.interrupt();
        assertSame(thread, threadOf(socket));
        int before = opened.get(0).awaits.get();
        thread.join(100);
        assertTrue(opened.get(0).awaits.get() - before < 10, "it spins");
    }

    @Test
    void P5_aFailingMultiplexerWakesAllWithPausesAndServesAgain() throws Exception {
        Socket one = new Socket();
        Socket other = new Socket();
        Thread thread = threadOf(one);
        thread.setUncaughtExceptionHandler((failed, thrown) -> {});
        CountDownLatch rounds = new CountDownLatch(5);
        Runnable again = new Runnable() {
            @Override
            public void run() {
                rounds.countDown();
                try {
                    one.arm(READABLE, this);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        };
        one.arm(READABLE, again);
        other.arm(READABLE, this::call);
        for (Throwable failure : List.of(new IOException("EBADF"), new OutOfMemoryError())) {
            int before = opened.get(0).awaits.get();
            opened.get(0).failure = failure;
            opened.get(0).wakeup();
            assertTrue(rounds.await(LONG.toSeconds(), TimeUnit.SECONDS));
            assertTrue(opened.get(0).awaits.get() - before < 1_000, "it spins");
            assertSame(thread, awaitCall());
            opened.get(0).failure = null;
            other.arm(READABLE, this::call);
        }
        assertTrue(called.size() <= 1);
        other.occurred(READABLE);
        assertSame(thread, awaitCall());
    }

    @Test
    void P5_whatCanNotBeOpenedIsReportedAndTriedAgain() throws Exception {
        Socket socket = new Socket();
        openFailure = SocketErrors.of(Operation.WAIT, Errno.EMFILE, null);
        SocketErrorException error = assertThrows(SocketErrorException.class, () -> socket.arm(READABLE, this::call));
        assertEquals(ErrorCode.NEW_SOCKET_LIMIT, error.errorCode());
        openFailure = null;
        threadOf(socket);
        assertTrue(called.isEmpty());
    }

    @Test
    void P5_aRefusedRequestIsReportedAndLeavesNothingBehind() throws Exception {
        loop = loop(Duration.ofMillis(20));
        Socket socket = new Socket();
        refusals = 1;
        assertThrows(SocketErrorException.class, () -> socket.arm(READABLE, this::call));
        Thread thread = threadOf(socket);
        assertTrue(called.isEmpty());
        assertEnds(thread);
    }

    /** The other direction can't be asked for again: its callback is called, to look for itself. */
    @Test
    void P5_aRefusalBehindAnEventWakesTheOtherDirectionToo() throws Exception {
        Socket socket = new Socket();
        Thread thread = threadOf(socket);
        thread.setUncaughtExceptionHandler((failed, thrown) -> {});
        socket.arm(READABLE, this::call);
        socket.arm(WRITABLE, this::call);
        refusals = 1;
        socket.occurred(READABLE);
        assertSame(thread, awaitCall());
        assertSame(thread, awaitCall());
    }

    @Test
    void V3_stoppingEndsTheThreadAlsoFromACallback() throws Exception {
        Socket socket = new Socket();
        Thread thread = threadOf(socket);
        socket.arm(READABLE, loop::stop);
        socket.occurred(READABLE);
        assertEnds(thread);
        loop.stop();
        assertThrows(SocketErrorException.class, () -> new Socket().arm(READABLE, this::call));
        assertTrue(opened.get(0).closed);
    }
}
