// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.Pollable;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A thread that waits, in {@link Pollable#block()} say, which may wait on that thread itself (P6). */
final class BlockedThread {
    /** How often a thread is looked at until it is taken for blocked all the same. */
    private static final int LOOKS = 2_000;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread thread;
    private volatile Throwable thrown;

    /** What a thread does: it waits once. */
    interface Wait {
        void run() throws Exception;
    }

    private BlockedThread(Wait wait, boolean virtual) throws ReflectiveOperationException {
        Runnable blocking = () -> {
            try {
                wait.run();
            } catch (Throwable e) {
                thrown = e;
            } finally {
                done.countDown();
            }
        };
        thread = start(blocking, virtual);
        awaitBlocked(virtual);
    }

    /** Whether the JDK has virtual threads. */
    static boolean hasVirtual() {
        return Runtime.version().feature() >= 21;
    }

    /** The kinds of thread of this JDK: whether it is a virtual one. */
    static List<Boolean> kinds() {
        return hasVirtual() ? List.of(false, true) : List.of(false);
    }

    static BlockedThread in(Wait wait) throws ReflectiveOperationException {
        return new BlockedThread(wait, false);
    }

    static BlockedThread on(Pollable pollable, boolean virtual) throws ReflectiveOperationException {
        return new BlockedThread(pollable::block, virtual);
    }

    /** Starts a virtual thread, by reflection since the kit is compiled for JDK 17, or a platform thread. */
    static Thread start(Runnable task, boolean virtual) throws ReflectiveOperationException {
        if (virtual) {
            return (Thread)
                    Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
        }
        Thread thread = new Thread(task, "tck-waiting");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Returns once it waits: in Java, or in a native method that it doesn't leave from one look to the next. */
    private void awaitBlocked(boolean virtual) {
        StackTraceElement[] before = {};
        for (int looks = 0; looks < LOOKS && done.getCount() > 0; looks++) {
            Thread.State state = thread.getState();
            if (state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING) {
                return;
            }
            StackTraceElement[] now = virtual ? before : thread.getStackTrace();
            if (now.length > 0 && now[0].isNativeMethod() && Arrays.equals(now, before)) {
                return;
            }
            before = now;
            Thread.yield();
        }
    }

    void interrupt() {
        thread.interrupt();
    }

    private void assertEnds(Duration patience) throws InterruptedException {
        assertTrue(done.await(patience.toMillis(), TimeUnit.MILLISECONDS), () -> thread + " is still blocked");
    }

    /** Asserts that {@code block} returns. */
    void assertReturns(Duration patience) throws InterruptedException {
        assertEnds(patience);
        if (thrown != null) {
            throw new AssertionError("block failed", thrown);
        }
    }

    /** Asserts that {@code block} throws {@link InterruptedException}. */
    void assertInterrupted(Duration patience) throws InterruptedException {
        assertEnds(patience);
        assertNotNull(thrown, "block returned, though nothing is ready");
        assertEquals(InterruptedException.class, thrown.getClass());
    }
}
