// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.tck.ConformanceReport.Result;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.TestWatcher;

/** Gives each test the provider under test, which the test class or an enclosing one makes, and collects the report. */
final class Conformance implements BeforeEachCallback, TestWatcher {
    private static final Namespace NAMESPACE = Namespace.create(Conformance.class);

    /** The provider and the report of one test class; JUnit closes it after the last test. */
    private record Run(UdpSocketProvider provider, ConformanceReport report) implements AutoCloseable {
        Run(UdpSocketProvider provider) {
            this(provider, new ConformanceReport(provider.name()));
        }

        @Override
        public void close() {
            report.write();
            RuleTest.closeProvider(provider);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        RuleTest test = (RuleTest) context.getRequiredTestInstance();
        test.underTest = context.getRequiredTestInstances()
                .findInstance(ProviderUnderTest.class)
                .orElseThrow(() -> new IllegalStateException(
                        test.getClass() + ", or an enclosing class, has to implement " + ProviderUnderTest.class));
        test.provider = run(context, test.underTest).provider;
    }

    private static Run run(ExtensionContext context, ProviderUnderTest underTest) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(underTest.getClass(), key -> new Run(underTest.newProvider()), Run.class);
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        report(context, Result.PASSED);
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        report(context, Result.FAILED);
    }

    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        report(context, Result.SKIPPED);
    }

    @Override
    public void testDisabled(ExtensionContext context, Optional<String> reason) {}

    private static void report(ExtensionContext context, Result result) {
        RuleTest test = (RuleTest) context.getRequiredTestInstance();
        if (test.underTest != null) {
            String topic = test.getClass().getSuperclass().getSimpleName().replaceFirst("Tck$", "");
            run(context, test.underTest)
                    .report
                    .add(topic, context.getRequiredTestMethod().getName(), test.family.name(), result);
        }
    }
}
