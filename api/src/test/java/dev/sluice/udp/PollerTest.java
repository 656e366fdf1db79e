// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** J4: a lasting set, over pollables that a test switches. */
@Timeout(60)
class PollerTest {
    private static final Duration SOON = Duration.ofMillis(5);

    private final Poller<String> poller = new Poller<>();

    @AfterEach
    void close() {
        poller.close();
    }

    /** Counts what it is asked and given. */
    private static class Lamp implements Pollable {
        final AtomicInteger asked = new AtomicInteger();
        final AtomicInteger registered = new AtomicInteger();
        final AtomicInteger cancelled = new AtomicInteger();
        private boolean on;
        private boolean ended;
        private Runnable action;

        @Override
        public synchronized boolean ready() {
            asked.incrementAndGet();
            return on;
        }

        @Override
        public synchronized boolean hasEnded() {
            return ended;
        }

        @Override
        public Registration onReady(Runnable wanted) {
            registered.incrementAndGet();
            synchronized (this) {
                if (!on) {
                    action = wanted;
                    return this::cancel;
                }
            }
            wanted.run();
            return () -> {};
        }

        private synchronized void cancel() {
            cancelled.incrementAndGet();
            action = null;
        }

        void turn(boolean on) {
            Runnable called;
            synchronized (this) {
                this.on = on;
                called = on ? action : null;
                action = on ? null : action;
            }
            if (called != null) {
                called.run();
            }
        }

        synchronized void end() {
            ended = true;
        }
    }

    private List<String> told(Duration timeout) throws InterruptedException {
        return poller.await(timeout).stream().map(Poller.Entry::attachment).toList();
    }

    @Test
    void J4_P3_aWaitAsksOnlyThoseThatCalledBack() throws Exception {
        Lamp[] quiet = new Lamp[100];
        for (int i = 0; i < quiet.length; i++) {
            quiet[i] = new Lamp();
            poller.add(quiet[i], "quiet");
        }
        Lamp busy = new Lamp();
        poller.add(busy, "busy");
        for (int round = 0; round < 3; round++) {
            busy.turn(true);
            assertEquals(List.of("busy"), told(SOON));
            busy.turn(false);
        }
        assertEquals(List.of(), told(SOON));
        for (Lamp lamp : quiet) {
            assertEquals(0, lamp.asked.get());
            assertEquals(1, lamp.registered.get());
        }
    }

    @Test
    void J4_whatWasToldAndIsNotReadyAnyMoreIsWaitedForAgain() throws Exception {
        Lamp lamp = new Lamp();
        poller.add(lamp, "lamp");
        lamp.turn(true);
        assertEquals(List.of("lamp"), told(SOON));
        assertEquals(List.of("lamp"), told(SOON));
        lamp.turn(false);
        assertEquals(List.of(), told(SOON));
        lamp.turn(true);
        assertEquals(List.of("lamp"), told(SOON));
    }

    @Test
    void J4_whatIsReadyWhenItIsAddedIsTold() throws Exception {
        Lamp lamp = new Lamp();
        lamp.turn(true);
        poller.add(lamp, "lamp");
        assertEquals(List.of("lamp"), told(Duration.ZERO));
    }

    @Test
    void J4_onePollableMayStandThereSeveralTimes() throws Exception {
        Lamp lamp = new Lamp();
        lamp.turn(true);
        poller.add(lamp, "a");
        poller.add(lamp, "b");
        assertEquals(List.of("a", "b"), told(SOON));
        assertEquals(2, poller.size());
    }

    @Test
    void J4_whatIsTakenOutIsNotToldAndHoldsNothing() throws Exception {
        Lamp lamp = new Lamp();
        Poller.Entry<String> entry = poller.add(lamp, "lamp");
        entry.remove();
        entry.remove();
        assertEquals(1, lamp.cancelled.get());
        assertEquals(0, poller.size());
        Lamp fired = new Lamp();
        Poller.Entry<String> late = poller.add(fired, "fired");
        fired.turn(true);
        late.remove();
        assertEquals(List.of(), told(SOON));
        assertEquals(0, fired.asked.get());
    }

    /** The waiting thread may tell an entry, and register it anew, before add has its first registration. */
    @Test
    void J4_whatIsTakenOutIsCancelledHoweverItWasRegistered() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        Lamp lamp = new Lamp() {
            @Override
            public Registration onReady(Runnable wanted) {
                Registration registration = super.onReady(wanted);
                if (calls.incrementAndGet() == 1) {
                    CompletableFuture.runAsync(() -> {
                                try {
                                    assertEquals(List.of("lamp"), told(SOON));
                                    turn(false);
                                    assertEquals(List.of(), told(SOON));
                                } catch (InterruptedException e) {
                                    throw new AssertionError(e);
                                }
                            })
                            .join();
                }
                return registration;
            }
        };
        lamp.turn(true);
        Poller.Entry<String> entry = poller.add(lamp, "lamp");
        assertEquals(2, calls.get());
        entry.remove();
        assertEquals(1, lamp.cancelled.get(), "the one that waits");
    }

    @Test
    void J4_whatHasEndedIsToldOnce() throws Exception {
        Lamp lamp = new Lamp();
        poller.add(lamp, "lamp");
        lamp.end();
        lamp.turn(true);
        assertEquals(List.of("lamp"), told(SOON));
        assertEquals(0, poller.size());
        assertEquals(List.of(), told(SOON));
    }

    @Test
    void J4_wakeupEndsAWaitOrTheNext() throws Exception {
        poller.wakeup();
        assertEquals(List.of(), poller.await());
        CompletableFuture<List<Poller.Entry<String>>> wait = waitInBackground();
        poller.wakeup();
        assertEquals(List.of(), wait.join());
        Lamp lamp = new Lamp();
        lamp.turn(true);
        poller.add(lamp, "lamp");
        poller.wakeup();
        assertEquals(List.of("lamp"), told(SOON), "a wake-up takes nothing away");
    }

    private CompletableFuture<List<Poller.Entry<String>>> waitInBackground() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return poller.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void J4_closingEndsAWaitAndTakesAllOut() throws Exception {
        Lamp lamp = new Lamp();
        poller.add(lamp, "lamp");
        CompletableFuture<List<Poller.Entry<String>>> wait = waitInBackground();
        poller.close();
        poller.close();
        CompletionException ended = assertThrows(CompletionException.class, wait::join);
        assertInstanceOf(IllegalStateException.class, ended.getCause());
        assertEquals(1, lamp.cancelled.get());
        assertEquals(0, poller.size());
        assertThrows(IllegalStateException.class, () -> poller.add(lamp, "late"));
        assertThrows(IllegalStateException.class, () -> poller.await(SOON));
    }

    @Test
    void J4_oneThreadWaits() throws Exception {
        CountDownLatch refused = new CountDownLatch(1);
        Runnable waiting = () -> {
            try {
                poller.await();
            } catch (IllegalStateException e) {
                refused.countDown();
                poller.wakeup();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        };
        Thread one = new Thread(waiting);
        Thread other = new Thread(waiting);
        one.start();
        other.start();
        refused.await();
        one.join();
        other.join();
    }

    @Test
    void J4_aWaitIsInterruptible() {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, poller::await);
        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void J4_P5_aPollableThatCantBeWaitedForIsNotAddedOrIsTriedAgain() throws Exception {
        AtomicInteger failures = new AtomicInteger(1);
        Lamp lamp = new Lamp() {
            @Override
            public Registration onReady(Runnable wanted) {
                if (failures.getAndDecrement() > 0) {
                    throw new UncheckedIOException(new java.io.IOException("no descriptor"));
                }
                return super.onReady(wanted);
            }
        };
        assertThrows(UncheckedIOException.class, () -> poller.add(lamp, "lamp"));
        assertEquals(0, poller.size());
        poller.add(lamp, "lamp");
        lamp.turn(true);
        assertEquals(List.of("lamp"), told(SOON));
        failures.set(1);
        assertThrows(UncheckedIOException.class, () -> told(SOON));
        assertEquals(List.of("lamp"), told(SOON));
    }

    /** One that calls back at once without being ready must not make a wait spin; nor end it. */
    @Test
    void J4_P5_aPollableThatCallsBackUnreadyDoesNotSpin() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        poller.add(
                new Pollable() {
                    @Override
                    public boolean ready() {
                        return false;
                    }

                    @Override
                    public Registration onReady(Runnable action) {
                        calls.incrementAndGet();
                        action.run();
                        return () -> {};
                    }
                },
                "liar");
        long begin = System.nanoTime();
        assertEquals(List.of(), told(Duration.ofMillis(100)));
        assertTrue(calls.get() < 1_000, () -> calls + " calls in " + (System.nanoTime() - begin) + " ns");
    }
}
