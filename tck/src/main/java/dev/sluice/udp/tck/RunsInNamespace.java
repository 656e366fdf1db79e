// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/**
 * Runs a test that controls the network in a JVM of its own, in a network namespace of its own (unshare(1)): a JVM can't
 * enter a namespace once it runs. {@link NamespaceMain} calls the same method there. The namespace has a loopback
 * interface and no way out, and ends with the process.
 *
 * <p>Where that isn't possible (not Linux, not root, tools missing) the test is skipped with the reason; where the
 * environment variable {@code CI} is {@code true}, it fails.
 */
final class RunsInNamespace implements InvocationInterceptor {
    static final int FAILED = 10;
    static final int ABORTED = 11;

    /** IPv6 exists for a JVM only if an interface is up when it asks for the first time. */
    private static final String SET_UP = "ip link set lo up && exec \"$0\" \"$@\"";

    private static final long LIMIT_SECONDS = 240;

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> called, ExtensionContext context)
            throws Throwable {
        RuleTest test = (RuleTest) context.getRequiredTestInstance();
        if (test.underTest.networkControl().isPresent()) {
            invocation.proceed();
            return;
        }
        invocation.skip();
        try {
            requireNamespaces();
            runApart(test, called.getExecutable(), context);
        } catch (TestAbortedException e) {
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError("CI has to run this test, as root on Linux", e);
            }
            throw e;
        }
    }

    private static void requireNamespaces() throws IOException, InterruptedException {
        Result probe;
        try {
            probe = run(List.of("unshare", "--net", "--", "ip", "link", "set", "lo", "up"));
        } catch (IOException e) {
            throw new TestAbortedException("needs a network namespace of Linux: " + e.getMessage());
        }
        if (probe.exitCode != 0) {
            throw new TestAbortedException("needs root, for a network namespace: " + probe.output);
        }
    }

    private static void runApart(RuleTest test, Method method, ExtensionContext context) throws Exception {
        List<Object> instances = context.getRequiredTestInstances().getAllInstances();
        List<String> command = new ArrayList<>(List.of("unshare", "--net", "--", "sh", "-c", SET_UP));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options());
        command.addAll(List.of("-cp", classPath(instances), NamespaceMain.class.getName()));
        command.addAll(List.of(test.family.name(), method.getDeclaringClass().getName(), method.getName()));
        instances.forEach(instance -> command.add(instance.getClass().getName()));
        Result result = run(command);
        if (result.exitCode == ABORTED) {
            throw new TestAbortedException(result.output);
        }
        if (result.exitCode != 0) {
            throw new AssertionError("in a network namespace, exit code " + result.exitCode + ":\n" + result.output);
        }
    }

    /** Those of this JVM's options that a provider may depend on, and the kit's own properties. */
    private static Set<String> options() {
        Set<String> options = new LinkedHashSet<>();
        for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (option.startsWith("--enable-native-access")) {
                options.add("--enable-native-access=ALL-UNNAMED"); // for everything is on the class path there
            } else if (option.equals("--enable-preview")
                    || (option.startsWith("-D") && !option.startsWith("-Djdk.module."))) { // those name the main module
                options.add(option);
            }
        }
        for (String property : System.getProperties().stringPropertyNames()) {
            if (property.startsWith("sluice.")) {
                options.add("-D" + property + "=" + System.getProperty(property));
            }
        }
        options.add("-XX:TieredStopAtLevel=1"); // it lives for a second
        return options;
    }

    private static String classPath(List<Object> instances) throws URISyntaxException {
        Set<String> entries = new LinkedHashSet<>();
        for (String property : List.of("java.class.path", "jdk.module.path")) {
            entries.addAll(List.of(System.getProperty(property, "").split(File.pathSeparator)));
        }
        for (Object instance : instances) {
            entries.add(Path.of(instance.getClass()
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString());
        }
        return String.join(File.pathSeparator, entries);
    }

    private record Result(int exitCode, String output) {}

    private static Result run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("sluice-tck", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try {
                boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
                String text = Files.readString(output).strip();
                return ended
                        ? new Result(process.exitValue(), text)
                        : new Result(FAILED, "no end within " + LIMIT_SECONDS + " s\n" + text);
            } finally {
                process.destroyForcibly();
            }
        } finally {
            Files.delete(output);
        }
    }
}
