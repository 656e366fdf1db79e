// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.spi.ScratchPool.Scratch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Scratch memory is one call's at a time, and is used again. */
class ScratchPoolTest {
    private static final int KEPT = 16;

    private final ScratchPool pool = new ScratchPool(64, 70_000);

    private List<Scratch> take(int count) {
        List<Scratch> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            taken.add(pool.take());
        }
        return taken;
    }

    private static Set<Scratch> identities(List<Scratch> scratches) {
        Set<Scratch> identities = Collections.newSetFromMap(new IdentityHashMap<>());
        identities.addAll(scratches);
        return identities;
    }

    @Test
    void oneCallAfterTheOtherUsesTheSame() {
        Scratch first = pool.take();
        pool.giveBack(first);
        for (int i = 0; i < 3; i++) {
            Scratch again = pool.take();
            assertSame(first, again);
            pool.giveBack(again);
        }
    }

    @Test
    void callsAtTheSameTimeHaveDifferentOnesAndSixteenAreKept() {
        List<Scratch> first = take(KEPT + 4);
        assertEquals(KEPT + 4, identities(first).size());
        first.forEach(pool::giveBack);
        List<Scratch> second = take(KEPT + 4);
        assertEquals(KEPT + 4, identities(second).size());
        assertEquals(identities(first.subList(0, KEPT)), identities(second.subList(0, KEPT)));
        pool.giveBack(second.get(5));
        assertSame(second.get(5), pool.take(), "a place in the middle");
    }

    @Test
    void whatIsGivenBackIsEmpty() {
        Scratch scratch = pool.take();
        scratch.batch().add(null, new byte[1], 0, 1);
        pool.giveBack(scratch);
        assertEquals(0, pool.take().batch().size());
    }

    @Test
    void twoThreadsNeverHaveTheSame() throws Exception {
        int threads = 20; // more than are kept
        Map<Scratch, Thread> owners = new ConcurrentHashMap<>();
        Callable<Void> calls = () -> {
            for (int i = 0; i < 2_000; i++) {
                Scratch scratch = pool.take();
                assertNull(owners.put(scratch, Thread.currentThread()));
                if (i % 16 == 0) {
                    Thread.yield();
                }
                assertTrue(owners.remove(scratch, Thread.currentThread()));
                pool.giveBack(scratch);
            }
            return null;
        };
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            for (Future<Void> future : executor.invokeAll(Collections.nCopies(threads, calls))) {
                future.get();
            }
        } finally {
            executor.shutdown();
        }
    }
}
