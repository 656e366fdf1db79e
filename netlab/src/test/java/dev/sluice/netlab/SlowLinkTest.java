package dev.sluice.netlab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A link so slow that the send buffer fills: the gate closes, the pollable waits, the gate opens. */
class SlowLinkTest {
    private static final int PORT = 7005;
    private static final Pattern DROPPED = Pattern.compile("dropped (\\d+)");

    @EverySetting
    void C4_aFullBufferClosesTheGateUntilTheKernelOpensIt(String provider, Family family) throws Exception {
        try (Lab lab = Lab.open(family);
                Sender sender = new Sender(provider, family, lab.peer(PORT))) {
            lab.peer.open(PORT);
            slowDown();
            OutgoingDatagramStream out = sender.out();
            List<OutgoingDatagram> list = Payloads.list(1000, 1000, 1, null);

            int sent = sender.send(list);
            assertTrue(sent > 0 && sent < 1000, "S1: the buffer took " + sent);
            assertEquals(0, out.checkSend(), "C4");
            assertFalse(out.subscribe().ready(), "C2: the pollable agrees");
            assertEquals(0, out.checkSend(), "asking changes nothing");

            long cpu = cpuOfThisThread();
            out.subscribe().block();
            assertTrue(cpuOfThisThread() - cpu < 50_000_000, "P3: who waits doesn't spin");
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
            slowDown();
            List<OutgoingDatagram> list = Payloads.list(600, 1000, 1, lab.peer(PORT));
            sender.sendAll(list);
            assertTrue(sender.closedGates > 0, "the buffer was full at least once");
            assertEquals(0, dropped(), "the queue holds more than the send buffer");
            assertEquals(Payloads.expected(list), lab.peer.await(PORT, 600), "exactly once, in order");
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
            long arrived = lab.peer.settle(PORT).datagrams();
            assertTrue(dropped() > 0, "the queue is too short for this");
            assertEquals(sender.counted.size(), arrived + dropped());
        }
    }

    /** 1 MB/s, behind a queue that holds more than the send buffer. */
    private static void slowDown() {
        Commands.run("tc qdisc add dev here root tbf rate 8mbit burst 20kb limit 2mb");
    }

    private static long dropped() {
        Matcher matcher = DROPPED.matcher(Commands.run("tc -s qdisc show dev here"));
        assertTrue(matcher.find());
        return Long.parseLong(matcher.group(1));
    }

    private static long cpuOfThisThread() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return threads.getCurrentThreadCpuTime();
    }
}
