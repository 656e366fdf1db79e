package dev.sluice.netlab;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** What Java's threads do while a scene should be waiting. */
final class ProcessorTime {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Duration YARDSTICK = Duration.ofMillis(200);

    /** Who has only begun to wait has classes to load first. */
    private static final int ATTEMPTS = 10;

    private ProcessorTime() {}

    /**
     * Do all other threads come to leave the processor alone? The calling thread spins until it has had its time of the
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
