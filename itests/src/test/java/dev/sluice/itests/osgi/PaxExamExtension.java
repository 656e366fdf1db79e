// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.osgi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.ExamSystem;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.TestAddress;
import org.ops4j.pax.exam.TestContainer;
import org.ops4j.pax.exam.TestProbeBuilder;
import org.ops4j.pax.exam.spi.PaxExamRuntime;

/**
 * Runs test methods inside Pax Exam's container, which knows JUnit 4 only: one container for a class; each method is
 * skipped on the host and called by {@link InContainer} in the probe bundle.
 */
final class PaxExamExtension implements BeforeAllCallback, AfterAllCallback, InvocationInterceptor {
    private ExamSystem system;
    private TestContainer container;
    private TestAddress address;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        Class<?> test = context.getRequiredTestClass();
        system = PaxExamRuntime.createTestSystem(options(test));
        container = PaxExamRuntime.createContainer(system);
        try {
            container.start();
            TestProbeBuilder probe = system.createProbe();
            address = probe.addTest(InContainer.class, "run");
            container.installProbe(probe.build().getStream());
        } catch (Exception | Error e) {
            afterAll(context);
            throw e;
        }
    }

    private static Option[] options(Class<?> test) throws ReflectiveOperationException {
        List<Option> options = new ArrayList<>();
        for (Method method : AnnotationSupport.findAnnotatedMethods(
                test, Configuration.class, org.junit.platform.commons.support.HierarchyTraversalMode.TOP_DOWN)) {
            method.setAccessible(true);
            options.addAll(Arrays.asList((Option[]) method.invoke(null)));
        }
        options.add(CoreOptions.workingDirectory(workFolder()));
        options.add(CoreOptions.cleanCaches());
        // JUnit is the host's: its failures are then the host's classes too.
        options.add(CoreOptions.systemPackages(exported(org.junit.jupiter.api.Test.class)));
        options.add(CoreOptions.systemPackages(exported(org.junit.jupiter.api.function.Executable.class)));
        options.add(CoreOptions.systemPackages(exported(org.junit.jupiter.api.extension.ExtendWith.class)));
        options.add(CoreOptions.systemPackages(exported(org.opentest4j.AssertionFailedError.class)));
        return options.toArray(Option[]::new);
    }

    private static String exported(Class<?> type) {
        return type.getPackageName();
    }

    private static String workFolder() {
        try {
            return Files.createDirectories(Path.of(System.getProperty("sluice.itests.work")))
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        invocation.skip();
        Throwable[] failure = {null};
        Consumer<Throwable> failed = thrown -> failure[0] = thrown;
        Object[] arguments = {
            method.getTargetClass().getName(), method.getExecutable().getName(), failed
        };
        container.call(new Call(address, arguments));
        if (failure[0] != null) {
            throw failure[0];
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        container.stop();
        system.clear();
    }

    /** One call of the probe's only entry point. */
    private record Call(TestAddress root, Object[] arguments) implements TestAddress {
        @Override
        public String identifier() {
            return root.identifier();
        }

        @Override
        public String caption() {
            return root.caption();
        }
    }
}
