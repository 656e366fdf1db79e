package dev.sluice.netlab;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.stream.LongStream;

/** What Java's threads do while a scene should be waiting. */
final class ProcessorTime {
    private static final Duration WATCHED = Duration.ofMillis(300);

    private ProcessorTime() {}

    /** Watches all of Java's threads for a while: do they leave the processor alone? One that spins would not. */
    static boolean isIdle() throws InterruptedException {
        long before = spent();
        Thread.sleep(WATCHED.toMillis());
        return spent() - before < WATCHED.toNanos() / 2;
    }

    private static long spent() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return LongStream.of(threads.getAllThreadIds())
                .map(threads::getThreadCpuTime)
                .filter(nanos -> nanos > 0) // -1: it has ended
                .sum();
    }
}
