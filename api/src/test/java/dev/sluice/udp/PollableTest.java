// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** P1 and P3: waiting, on top of other people's pollables. */
@Timeout(60)
class PollableTest {
    private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);
    private static final Duration SOON = Duration.ofMillis(20);

    private final Switch a = new Switch();
    private final Switch b = new Switch();
    private final Switch c = new Switch();
    private final Switch on = new Switch(true);

    /** What a wait does on a thread of its own. */
    private interface Wait<T> {
        T run() throws Exception;
    }

    @Test
    void P1_indicesOfTheReadyOnesAscend() throws Exception {
        assertArrayEquals(new int[] {1, 3}, Pollable.poll(List.of(a, on, b, on)));
        assertArrayEquals(new int[] {0}, Pollable.poll(List.of(on)));
        assertArrayEquals(new int[] {0, 1, 2}, Pollable.poll(List.of(on, on, on), FOR_EVER));
        assertEquals(0, a.registrations.availablePermits(), "where one is ready already nobody registers");
    }

    @Test
    void P1_emptyListIsAProgrammingError() {
        assertThrows(IllegalArgumentException.class, () -> Pollable.poll(List.of()));
        assertThrows(IllegalArgumentException.class, () -> Pollable.poll(List.of(), Duration.ZERO));
    }

    @Test
    void P1_nullsAreProgrammingErrors() {
        assertThrows(NullPointerException.class, () -> Pollable.poll(null));
        assertThrows(NullPointerException.class, () -> Pollable.poll(Arrays.asList(on, null)));
        assertThrows(NullPointerException.class, () -> Pollable.poll(List.of(on), null));
    }

    @Test
    void P1_returnsOnceOneIsReady() throws Exception {
        CompletableFuture<int[]> wait = start(() -> Pollable.poll(List.of(a, b, c)));
        awaitRegistration(c);
        b.set(true);
        assertArrayEquals(new int[] {1}, get(wait));
        assertNothingWaits();
    }

    @Test
    void P1_blockReturnsOnceReady() throws Exception {
        CompletableFuture<Boolean> wait = start(() -> {
            a.block();
            return a.block(FOR_EVER);
        });
        awaitRegistration(a);
        a.set(true);
        assertTrue(get(wait));
        assertNothingWaits();
    }

    @Test
    void P1_becomingReadyWhileRegisteringIsNotMissed() throws Exception {
        Pollable late = new Pollable() {
            private boolean asked;

            @Override
            public boolean ready() {
                boolean answer = asked;
                asked = true;
                return answer;
            }

            @Override
            public Registration onReady(Runnable action) {
                action.run(); // it is ready by now
                return () -> {};
            }
        };
        assertArrayEquals(new int[] {1}, Pollable.poll(List.of(a, late)));
        assertNothingWaits();
    }

    @Test
    void P1_theSameOneMayStandThereTwice() throws Exception {
        CompletableFuture<int[]> wait = start(() -> Pollable.poll(List.of(a, b, a)));
        awaitRegistration(a);
        awaitRegistration(a);
        a.set(true);
        assertArrayEquals(new int[] {0, 2}, get(wait));
        assertNothingWaits();
    }

    @Test
    void P1_whoComesTooLateWaitsOn() throws Exception {
        CompletableFuture<int[]> wait = start(() -> Pollable.poll(List.of(a, b)));
        awaitRegistration(b);
        a.registrations.drainPermits();
        a.fire(); // another thread has used up what made it ready
        awaitRegistration(a); // registered anew, for callbacks are one-shot
        assertFalse(wait.isDone());
        assertEquals(1, a.waiting());
        assertEquals(1, b.waiting(), "one whose callback is still to come isn't registered twice");
        a.set(true);
        assertArrayEquals(new int[] {0}, get(wait));
        assertNothingWaits();
    }

    /** Calls back at once, though it is not ready: another thread is always faster, or its author got it wrong. */
    private static final class InVain implements Pollable {
        private final AtomicInteger registrations = new AtomicInteger();

        @Override
        public boolean ready() {
            return false;
        }

        @Override
        public Registration onReady(Runnable action) {
            registrations.incrementAndGet();
            action.run();
            return () -> {};
        }
    }

    @Test
    void P1_theTimeIsKeptAlsoWhereWakeUpsAreInVain() throws Exception {
        InVain inVain = new InVain();
        long begin = System.nanoTime();
        assertFalse(inVain.block(Duration.ofMillis(100)));
        assertEquals(0, Pollable.poll(List.of(a, inVain), Duration.ofMillis(100)).length);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        assertTrue(millis >= 200);
        assertTrue(inVain.registrations.get() <= 40 + millis, () -> inVain.registrations + " times, so it spins");
        assertNothingWaits();
    }

    @Test
    void P1_wakeUpsInVainKeepNoOtherWaiting() throws Exception {
        CompletableFuture<int[]> wait = start(() -> Pollable.poll(List.of(new InVain(), a)));
        awaitRegistration(a);
        a.set(true);
        assertArrayEquals(new int[] {1}, wait.get(30, TimeUnit.SECONDS));
    }

    @Test
    void P1_timeoutEndsTheWait() throws Exception {
        assertArrayEquals(new int[0], Pollable.poll(List.of(a, b), SOON));
        assertFalse(a.block(SOON));
        assertNothingWaits();
    }

    @Test
    void P1_timeoutOfNothingOnlyAsks() throws Exception {
        for (Duration nothing : List.of(Duration.ZERO, Duration.ofSeconds(-1), FOR_EVER.negated())) {
            assertFalse(a.block(nothing));
            assertTrue(on.block(nothing));
        }
        assertEquals(0, a.registrations.availablePermits());
    }

    @Test
    void P1_interruptEndsTheWait() throws Exception {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        CompletableFuture<Object> wait = start(() -> {
            thread.complete(Thread.currentThread());
            return Pollable.poll(List.of(a, b));
        });
        awaitRegistration(b);
        get(thread).interrupt();
        ExecutionException failure = assertThrows(ExecutionException.class, () -> get(wait));
        assertSame(InterruptedException.class, failure.getCause().getClass());
        assertNothingWaits();
    }

    @Test
    void P1_interruptBeforehandMattersOnlyToAWait() throws Exception {
        boolean[] stillInterrupted = {false};
        CompletableFuture<Object> wait = start(() -> {
            Thread.currentThread().interrupt();
            on.block();
            stillInterrupted[0] = Thread.currentThread().isInterrupted();
            a.block();
            return null;
        });
        ExecutionException failure = assertThrows(ExecutionException.class, () -> get(wait));
        assertSame(InterruptedException.class, failure.getCause().getClass());
        assertTrue(stillInterrupted[0]);
        assertNothingWaits();
    }

    @Test
    void P3_cancelledCallbackIsNotCalled() {
        boolean[] called = {false};
        Pollable.Registration registration = a.onReady(() -> called[0] = true);
        registration.cancel();
        a.set(true);
        assertFalse(called[0]);
    }

    @Test
    void P3_failureOfOnePollableTakesTheOthersBack() {
        IllegalStateException broken = new IllegalStateException("a timer that was shut down");
        Pollable failing = new Pollable() {
            @Override
            public boolean ready() {
                return false;
            }

            @Override
            public Registration onReady(Runnable action) {
                throw broken;
            }
        };
        assertSame(broken, assertThrows(IllegalStateException.class, () -> Pollable.poll(List.of(a, failing, b))));
        assertNothingWaits();
    }

    @Test
    void P3_manyThreadsWaitForTheSame() throws Exception {
        List<CompletableFuture<int[]>> waits = List.of(
                start(() -> Pollable.poll(List.of(a))),
                start(() -> Pollable.poll(List.of(b, a))),
                start(() -> Pollable.poll(List.of(a, b))));
        for (int i = 0; i < waits.size(); i++) {
            awaitRegistration(a);
        }
        a.set(true);
        assertArrayEquals(new int[] {0}, get(waits.get(0)));
        assertArrayEquals(new int[] {1}, get(waits.get(1)));
        assertArrayEquals(new int[] {0}, get(waits.get(2)));
        assertNothingWaits();
    }

    private static <T> CompletableFuture<T> start(Wait<T> wait) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                result.complete(wait.run());
            } catch (Throwable thrown) {
                result.completeExceptionally(thrown);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    private static void awaitRegistration(Switch pollable) throws InterruptedException {
        assertTrue(pollable.registrations.tryAcquire(30, TimeUnit.SECONDS), "nobody began to wait");
    }

    private void assertNothingWaits() {
        assertEquals(0, a.waiting() + b.waiting() + c.waiting(), "callbacks left behind");
    }
}
