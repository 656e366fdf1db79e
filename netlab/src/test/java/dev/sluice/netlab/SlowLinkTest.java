package dev.sluice.netlab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * A link so slow that the send buffer fills: the gate closes, the pollable waits, the gate opens.
 *
 * <p>Two processors empty the queue of such a link, the sender's and that of the queue's timer. Each hands the peer's end
 * what it took, so that datagrams may overtake each other in the kernel: what arrives is compared in any order.
 */
class SlowLinkTest {
    private static final int PORT = 7005;

    /** 1 MB/s, behind a queue that holds more than the send buffer. */
    private static final String SLOW = "tc qdisc add dev here root tbf rate 8mbit burst 20kb limit 2mb";

    /** 10 kB/s: a full send buffer takes some ten seconds until it is half empty. */
    private static final String NEARLY_STOPPED = "tc qdisc add dev here root tbf rate 80kbit burst 20kb limit 2mb";

    private static final Duration WATCHED = Duration.ofMillis(300);
    private static final Pattern DROPPED = Pattern.compile("dropped (\\d+)");

    @EverySetting
    void C4_aFullBufferClosesTheGateUntilTheKernelOpensIt(String provider, Family family) throws Exception {
        try (Lab lab = Lab.open(family);
                Sender sender = new Sender(provider, family, lab.peer(PORT))) {
            lab.peer.open(PORT);
            Commands.run(NEARLY_STOPPED); // so that the gate stays closed for as long as the scene takes
            OutgoingDatagramStream out = sender.out();
            List<OutgoingDatagram> list = Payloads.list(1000, 1000, 1, null);

            int sent = sender.send(list);
            assertTrue(sent > 0 && sent < 1000, "S1: the buffer took " + sent);
            assertEquals(0, out.checkSend(), "C4");
            assertFalse(out.subscribe().ready(), "C2: the pollable agrees");
            assertEquals(0, out.checkSend(), "asking changes nothing");

            FutureTask<Long> cpu = new FutureTask<>(() -> {
                long spent = cpuWhileWaiting();
                Commands.run(SLOW.replace("add", "change"));
                return spent;
            });
            Thread opener = new Thread(cpu, "opener");
            opener.start();
            out.subscribe().block();
            assertTrue(cpu.get() < WATCHED.toNanos() / 2, "P3: who waits doesn't spin");
            assertTrue(out.subscribe().ready(), "C2");
            assertTrue(out.checkSend() > 0, "C2");
            assertTrue(out.send(list.subList(sent, sent + 1)) == 1, "a permit that the kernel keeps");
        }
    }

    @EverySetting
    void S1_whatIsCountedArrivesOrIsCountedAsDropped(String provider, Family family) throws Exception {
        try (Lab lab = Lab.open(family);
                Sender sender = new Sender(provider, family, null)) {
            lab.peer.open(PORT);
            Commands.run(SLOW);
            List<OutgoingDatagram> list = Payloads.list(600, 1000, 1, lab.peer(PORT));
            sender.sendAll(list);
            assertTrue(sender.closedGates > 0, "the buffer was full at least once");
            assertEquals(0, dropped(), "the queue holds more than the send buffer");
            Arrived expected = Payloads.expected(list);
            assertEquals(expected, Payloads.expected(sender.counted), "in order, as far as it is ours to say");
            assertEquals(expected.inAnyOrder(), lab.peer.await(PORT, 600).inAnyOrder(), "exactly once");
        }
    }

    @EverySetting
    void S1_theQueuesDropsAccountForWhatDoesNotArrive(String provider, Family family) throws Exception {
        try (Lab lab = Lab.open(family);
                Sender sender = new Sender(provider, family, null)) {
            lab.peer.open(PORT);
            Commands.run("tc qdisc add dev here root tbf rate 8mbit burst 20kb limit 40kb");
            for (int round = 0; round < 20; round++) {
                sender.sendAll(Payloads.list(50, 1000, round * 50, lab.peer(PORT)));
            }
            long dropped = dropped();
            assertTrue(dropped > 0, "the queue is too short for this");
            long rest = sender.counted.size() - dropped;
            assertEquals(rest, lab.peer.await(PORT, rest).datagrams());
            assertEquals(rest, lab.peer.settle(PORT).datagrams(), "and no more");
            assertEquals(dropped, dropped(), "who was in the queue wasn't dropped later");
        }
    }

    private static long dropped() {
        Matcher matcher = DROPPED.matcher(Commands.run("tc -s qdisc show dev here"));
        assertTrue(matcher.find());
        return Long.parseLong(matcher.group(1));
    }

    /** The nanoseconds of processor time that all of Java's threads take in a while. */
    private static long cpuWhileWaiting() throws InterruptedException {
        long before = cpu();
        Thread.sleep(WATCHED.toMillis());
        return cpu() - before;
    }

    private static long cpu() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return LongStream.of(threads.getAllThreadIds())
                .map(threads::getThreadCpuTime)
                .filter(nanos -> nanos > 0) // -1: it has ended
                .sum();
    }
}
