package dev.sluice.udp.tck.broken;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedMethod;

import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.tck.ProviderConformance;
import dev.sluice.udp.tck.memory.MemoryProvider;
import java.lang.reflect.Method;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.discovery.NestedMethodSelector;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** A kit that passes everything proves nothing: each of these faults has to be noticed by the test that is named. */
class BrokenTest {

    @ParameterizedTest
    @EnumSource(TransportFault.class)
    void V5_aFaultOfTheTransportIsNoticed(TransportFault fault) {
        assertNoticed(fault.test, () -> new MemoryProvider(fault.breaking));
    }

    @ParameterizedTest
    @EnumSource(SocketFault.class)
    void V5_aFaultOfTheSocketIsNoticed(SocketFault fault) {
        assertNoticed(fault.test, () -> new BrokenProvider(new MemoryProvider(), fault::in));
    }

    /** The same tests pass without a fault, the wrapping notwithstanding. */
    @Test
    void V5_withoutAFaultTheSameTestsPass() {
        Stream<String> tests = Stream.concat(
                Stream.of(TransportFault.values()).map(fault -> fault.test),
                Stream.of(SocketFault.values()).map(fault -> fault.test));
        BrokenConformance.making = () -> new BrokenProvider(new MemoryProvider(), Delegate::new);
        BrokenConformance.patience = BrokenConformance.LONG;
        Events results = run(tests.distinct().map(BrokenTest::selector).toList());
        results.assertStatistics(statistics -> statistics.failed(0).aborted(0).skipped(0));
        assertTrue(results.succeeded().count() > 0);
    }

    private static void assertNoticed(String test, Supplier<UdpSocketProvider> making) {
        BrokenConformance.making = making;
        BrokenConformance.patience = BrokenConformance.SHORT;
        Events results = run(List.of(selector(test)));
        assertTrue(results.failed().count() > 0, () -> "nothing failed in " + test);
        assertEquals(0, results.skipped().count());
    }

    private static Events run(List<NestedMethodSelector> selectors) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectors.toArray(NestedMethodSelector[]::new))
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
