// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck.broken;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedMethod;

import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.tck.ProviderConformance;
import dev.sluice.udp.tck.memory.MemoryProvider;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.NestedMethodSelector;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** A kit that passes everything proves nothing: each of these faults has to be noticed by the tests that it names. */
class BrokenTest {
    /** With a fault, many a test waits in vain. */
    private static final Duration SHORT = Duration.ofMillis(500);

    /** Without a fault, no test does, even on a busy machine. */
    private static final Duration LONG = Duration.ofSeconds(30);

    private static Stream<Fault> faults() {
        return Stream.of(
                        SendFaults.ALL,
                        FullBufferFaults.ALL,
                        ErrorFaults.ALL,
                        ReceiveFaults.ALL,
                        CoalescingFaults.ALL,
                        OptionFaults.ALL,
                        WaitingFaults.ALL,
                        BlockFaults.ALL,
                        PermitFaults.ALL,
                        ShortWayFaults.ALL,
                        LedgerFaults.ALL,
                        StreamFaults.ALL,
                        SocketFaults.ALL)
                .flatMap(List::stream);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void V5_aFaultIsNoticed(Fault fault) {
        for (String test : fault.tests()) {
            Events results = run(fault.making(), SHORT, Stream.of(test));
            assertTrue(results.failed().count() > 0, () -> "nothing failed in " + test);
            assertEquals(0, results.skipped().count());
        }
    }

    /** Without a fault the same tests pass, so that it isn't the wrapping that they notice. */
    @Test
    void V5_withoutAFaultTheSameTestsPass() {
        assertPasses(() -> new BrokenProvider(new MemoryProvider(), Delegate::new));
    }

    /** They pass, too, where runs are received coalesced. */
    @Test
    void V5_withoutAFaultTheSameTestsPassOnCoalescedRuns() {
        assertPasses(() -> new MemoryProvider(Coalescing::new));
    }

    private static void assertPasses(Supplier<UdpSocketProvider> making) {
        Events results = run(making, LONG, faults().map(Fault::tests).flatMap(List::stream));
        results.failed().stream().findFirst().ifPresent(BrokenTest::fail);
        results.assertStatistics(statistics -> statistics.aborted(0).skipped(0));
        assertTrue(results.succeeded().count() > 0);
    }

    private static void fail(Event failed) {
        throw new AssertionError(
                failed.getTestDescriptor().getDisplayName() + " fails without a fault",
                failed.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElse(null));
    }

    private static Events run(Supplier<UdpSocketProvider> making, Duration patience, Stream<String> tests) {
        BrokenConformance.making = making;
        BrokenConformance.patience = patience;
        return EngineTestKit.engine("junit-jupiter")
                .selectors(tests.distinct().map(BrokenTest::selector).toArray(NestedMethodSelector[]::new))
                .execute()
                .testEvents();
    }

    private static NestedMethodSelector selector(String test) {
        for (Class<?> topic : ProviderConformance.class.getDeclaredClasses()) {
            for (Method method : topic.getSuperclass().getDeclaredMethods()) {
                if (method.getName().equals(test)) {
                    return selectNestedMethod(List.of(BrokenConformance.class), topic, test);
                }
            }
        }
        throw new IllegalArgumentException("the kit has no test " + test);
    }
}
