// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.endive.GuestTrapException.Reason;
import dev.sluice.udp.Network;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Guests that exceed a limit are stopped, or the request is refused. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class GreedyGuestTest {
    private static final String GREED = "hostile/greed";

    static Stream<Arguments> endless() {
        return GuestRun.with(GuestRun.few(), List.of("loop", "wait", "poll", "ready", "output"));
    }

    private static final String GREED_03 = "hostile/greed03";

    static Stream<Arguments> endless03() {
        return GuestRun.with(GuestRun.few(), List.of("wait", "blocking", "yield", "cancel"));
    }

    static Stream<Arguments> handles03() {
        return GuestRun.with(GuestRun.few(), List.of("subtasks", "streams", "futures"));
    }

    static Stream<Arguments> deep() {
        return GuestRun.with(GuestRun.few(), List.of("recursion", "pure-recursion"));
    }

    static Stream<GuestRun> few() {
        return GuestRun.few();
    }

    @ParameterizedTest
    @MethodSource("endless")
    void whatNeverEndsIsInterrupted(String take, GuestRun run) throws Exception {
        Words out = new Words();
        FutureTask<GuestRun.Outcome> task =
                new FutureTask<>(run.prepare(GREED, Network.unrestricted(), GuestRun.patient(), out, "take=" + take));
        Thread guest = new Thread(task, "guest");
        guest.start();
        out.await();
        guest.interrupt();
        GuestRun.Outcome outcome = task.get(1, TimeUnit.MINUTES);
        assertNotNull(outcome.trap());
        assertEquals(Reason.INTERRUPTION, outcome.trap().reason());
        assertEquals("interrupted", outcome.trap().getMessage());
    }

    @ParameterizedTest
    @MethodSource("endless")
    void whatNeverEndsRunsOutOfTime(String take, GuestRun run) throws Exception {
        GuestRun.Outcome outcome = run.run(
                GREED, Network.unrestricted(), Limits.standard().withTime(Duration.ofMillis(200)), "take=" + take);
        assertNotNull(outcome.trap());
        assertEquals(Reason.TIME, outcome.trap().reason());
        assertEquals("its time of PT0.2S is over", outcome.trap().getMessage());
    }

    @ParameterizedTest
    @MethodSource("deep")
    void deepRecursionTraps(String take, GuestRun run) throws Exception {
        GuestRun.Outcome outcome = run.run(GREED, Network.unrestricted(), GuestRun.patient(), "take=" + take);
        assertNotNull(outcome.trap());
        assertEquals(Reason.LIMIT, outcome.trap().reason(), outcome.trap().getMessage());
        assertEquals("about to\n", outcome.output());
    }

    @ParameterizedTest
    @MethodSource("few")
    void memoryEndsAtItsLimit(GuestRun run) throws Exception {
        Limits limits = GuestRun.patient().withMemoryBytes(1000 * 65536L);
        GuestRun.Outcome outcome = run.run(GREED, Network.unrestricted(), limits, "take=memory");
        assertNull(outcome.trap());
        String pages = outcome.output().lines().skip(1).findFirst().orElseThrow();
        int number = Integer.parseInt(pages.substring(0, pages.indexOf(' ')));
        assertTrue(number > 1000 - 256 && number <= 1000, pages);
    }

    @ParameterizedTest
    @MethodSource("few")
    void U1_socketsEndAtTheirLimit(GuestRun run) throws Exception {
        Limits limits = GuestRun.patient().withSockets(10);
        GuestRun.Outcome outcome = run.run(GREED, Network.unrestricted(), limits, "take=sockets");
        assertEquals("about to\nnew-socket-limit after 10, and one more after a drop\nsurvived\n", outcome.output());
    }

    @ParameterizedTest
    @MethodSource("few")
    void handlesBeyondTheLimitTrap(GuestRun run) throws Exception {
        Limits limits = GuestRun.patient().withHandles(100);
        GuestRun.Outcome outcome = run.run(GREED, Network.unrestricted(), limits, "take=handles");
        assertNotNull(outcome.trap());
        assertEquals(Reason.LIMIT, outcome.trap().reason(), outcome.trap().getMessage());
        assertEquals("about to\n", outcome.output());
    }

    @ParameterizedTest
    @MethodSource("endless03")
    void whatNeverEndsIn03RunsOutOfTime(String take, GuestRun run) throws Exception {
        GuestRun.Outcome outcome = run.run(
                GREED_03, Network.unrestricted(), Limits.standard().withTime(Duration.ofMillis(200)), "take=" + take);
        assertNotNull(outcome.trap());
        assertEquals(Reason.TIME, outcome.trap().reason(), outcome.trap().getMessage());
    }

    /** The host copies for the guest, and always has something to do. */
    @ParameterizedTest
    @MethodSource("few")
    void anEndlessInputPassedOnRunsOutOfTime(GuestRun run) throws Exception {
        WasiHost host = WasiHost.builder(run.udp())
                .limits(Limits.standard().withTime(Duration.ofMillis(200)))
                .network(Network.unrestricted())
                .arguments(List.of("greed", "take=copy"))
                .stdin(new Zeros())
                .build();
        WasiCommand command = WasiCommand.load(GuestRun.file(GREED_03));
        GuestTrapException ended = assertThrows(GuestTrapException.class, () -> command.run(host));
        assertEquals(Reason.TIME, ended.reason(), ended.getMessage());
    }

    private static final class Zeros extends InputStream {
        @Override
        public int read() {
            return 0;
        }
    }

    @ParameterizedTest
    @MethodSource("handles03")
    void handlesOf03BeyondTheLimitTrap(String take, GuestRun run) throws Exception {
        GuestRun.Outcome outcome = run.run(GREED_03, Network.unrestricted(), GuestRun.patient(), "take=" + take);
        assertNotNull(outcome.trap());
        assertEquals(Reason.LIMIT, outcome.trap().reason(), outcome.trap().getMessage());
        assertEquals("about to\n", outcome.output());
    }

    @ParameterizedTest
    @MethodSource("few")
    void whatWaitsToBeSentIsLimited(GuestRun run) throws Exception {
        Limits limits = GuestRun.patient().withHeldBytes(1_000_000);
        GuestRun.Outcome outcome = run.run(GREED_03, Network.unrestricted(), limits, "take=payloads");
        assertEquals("about to\nout-of-memory after 16\n", outcome.output());
    }

    /** Output that a test can wait for. It keeps only the beginning. */
    private static final class Words extends ByteArrayOutputStream {
        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            if (size() < 1 << 16) {
                super.write(bytes, offset, length);
            }
            notifyAll();
        }

        synchronized void await() throws InterruptedException {
            while (!toString(StandardCharsets.UTF_8).contains("about to")) {
                wait(TimeUnit.MINUTES.toMillis(1));
            }
        }
    }
}
