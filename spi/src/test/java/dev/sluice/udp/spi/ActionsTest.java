// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.Pollable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Actions that register themselves again (P4). */
class ActionsTest {

    /** Registers itself so many times for something that is always ready, and notes how deep the stack is. */
    private static final class Again implements Runnable {
        private final Pollable pollable = AlwaysReady.INSTANCE;
        private final CountDownLatch rounds;
        private final List<Thread> threads = new ArrayList<>();
        private int deepest;

        Again(int rounds) {
            this.rounds = new CountDownLatch(rounds);
        }

        @Override
        public void run() {
            threads.add(Thread.currentThread());
            deepest = Math.max(deepest, new Throwable().getStackTrace().length);
            rounds.countDown();
            if (rounds.getCount() > 0) {
                pollable.onReady(this);
            }
        }
    }

    @Test
    void P4_theStackDoesNotGrow() throws Exception {
        Again few = new Again(2);
        few.pollable.onReady(few);
        Again many = new Again(100_000);
        many.pollable.onReady(many);
        assertTrue(many.rounds.await(30, TimeUnit.SECONDS));
        assertTrue(many.deepest <= few.deepest + 10, () -> many.deepest + " frames instead of " + few.deepest);
    }

    @Test
    void P4_theThreadThatBeganGetsOnWithItsOwnWork() throws Exception {
        Again endless = new Again(10_000);
        endless.pollable.onReady(endless); // returns, though the action is not done with it
        assertTrue(endless.rounds.await(30, TimeUnit.SECONDS));
        assertNotSame(endless.threads.get(0), endless.threads.get(9_999));
    }

    @Test
    void P4_anActionIsRunAfterTheOneThatCausedIt() {
        List<String> order = new ArrayList<>();
        AlwaysReady.INSTANCE.onReady(() -> {
            AlwaysReady.INSTANCE.onReady(() -> order.add("second"));
            order.add("first");
        });
        assertEquals(List.of("first", "second"), order);
    }

    @Test
    void P5_whatAnActionThrowsDoesNotReachTheNext() {
        List<String> order = new ArrayList<>();
        Thread.UncaughtExceptionHandler handler = Thread.currentThread().getUncaughtExceptionHandler();
        Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> order.add(thrown.getMessage()));
        try {
            AlwaysReady.INSTANCE.onReady(() -> {
                AlwaysReady.INSTANCE.onReady(() -> order.add("second"));
                throw new IllegalStateException("on purpose");
            });
        } finally {
            Thread.currentThread().setUncaughtExceptionHandler(handler);
        }
        assertEquals(List.of("on purpose", "second"), order);
    }
}
