// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.soak;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What the process holds between two rounds, when every socket is closed.
 *
 * @param seconds since the run began
 * @param datagrams sent and received in all, until then
 * @param values one for each {@link Measure}
 */
record Sample(double seconds, long datagrams, long[] values) {

    /** What must stay flat. */
    enum Measure {
        HEAP("heap after collection, KiB", true),
        DIRECT("direct memory, KiB", true),
        RESIDENT("resident memory, KiB", true),
        DESCRIPTORS("descriptors", false),
        THREADS("threads", false),
        LOADERS("class loaders of those gone", false);

        final String title;

        /** Whether it rises for a while without a leak: classes are loaded and caches filled when they are first needed. */
        final boolean warmsUp;

        Measure(String title, boolean warmsUp) {
            this.title = title;
            this.warmsUp = warmsUp;
        }
    }

    static Sample take(double seconds, long datagrams, Visitors visitors) throws IOException {
        for (int i = 0; i < 3; i++) { // what only a collection lets go may hold what only the next one can
            System.gc();
        }
        long[] values = new long[Measure.values().length];
        values[Measure.HEAP.ordinal()] =
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 10;
        values[Measure.DIRECT.ordinal()] = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .filter(pool -> pool.getName().equals("direct"))
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum()
                >> 10;
        values[Measure.RESIDENT.ordinal()] = resident();
        values[Measure.DESCRIPTORS.ordinal()] = descriptors();
        values[Measure.THREADS.ordinal()] = ManagementFactory.getThreadMXBean().getThreadCount();
        values[Measure.LOADERS.ordinal()] = visitors.remaining();
        return new Sample(seconds, datagrams, values);
    }

    long value(Measure measure) {
        return values[measure.ordinal()];
    }

    private static long resident() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        }
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }
}
