// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.netlab;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The processor time of Java's threads while a test should be waiting. */
final class ProcessorTime {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Duration YARDSTICK = Duration.ofMillis(200);

    /** A thread that has only begun to wait has classes to load first. */
    private static final int ATTEMPTS = 10;

    private ProcessorTime() {}

    /**
     * Whether all other threads stop using the processor. The calling thread spins until it has had its share of the
     * processor: one that spins beside it gets as much, however busy the machine is with other things.
     */
    static boolean isLeftAlone() {
        return IntStream.range(0, ATTEMPTS).anyMatch(attempt -> takenByOthers() < YARDSTICK.toNanos() / 4);
    }

    private static long takenByOthers() {
        long own = THREADS.getCurrentThreadCpuTime();
        long others = others();
        while (THREADS.getCurrentThreadCpuTime() - own < YARDSTICK.toNanos()) {
            Thread.onSpinWait();
        }
        return others() - others;
    }

    private static long others() {
        long self = Thread.currentThread().getId();
        return LongStream.of(THREADS.getAllThreadIds())
                .filter(id -> id != self)
                .map(THREADS::getThreadCpuTime)
                .filter(nanos -> nanos > 0) // -1: it has ended
                .sum();
    }
}
