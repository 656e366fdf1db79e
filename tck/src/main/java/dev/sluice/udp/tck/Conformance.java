package dev.sluice.udp.tck;

import dev.sluice.udp.UdpSocketProvider;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Hands each test the provider under test, which the test class or one around it makes. */
final class Conformance implements BeforeEachCallback {
    private static final Namespace NAMESPACE = Namespace.create(Conformance.class);

    @Override
    public void beforeEach(ExtensionContext context) {
        RuleTest test = (RuleTest) context.getRequiredTestInstance();
        test.underTest = context.getRequiredTestInstances()
                .findInstance(ProviderUnderTest.class)
                .orElseThrow(() -> new IllegalStateException(
                        test.getClass() + ", or a class around it, has to implement " + ProviderUnderTest.class));
        test.provider = shared(context, test.underTest).provider;
    }

    private static Shared shared(ExtensionContext context, ProviderUnderTest underTest) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(underTest.getClass(), key -> new Shared(underTest.newProvider()), Shared.class);
    }

    /** Closed by JUnit after the last test. */
    private record Shared(UdpSocketProvider provider) implements AutoCloseable {
        @Override
        public void close() {
            RuleTest.closeProvider(provider);
        }
    }
}
