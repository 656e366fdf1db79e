// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A command in a process of its own. */
final class CommandProcess implements AutoCloseable {
    private static final int MOST_SECONDS = 300;

    final Process process;
    private final LinkedBlockingQueue<String> errors = new LinkedBlockingQueue<>();
    private final Thread reader = new Thread(this::read, "errors");

    private CommandProcess(List<String> command) throws IOException {
        process = new ProcessBuilder(command).start();
        reader.setDaemon(true);
        reader.start();
    }

    static CommandProcess sluice(String... args) throws IOException {
        return sluice(List.of(), args);
    }

    /** With a prefix to the command, such as one that enters a network namespace. */
    static CommandProcess sluice(List<String> prefix, String... args) throws IOException {
        return sluice(prefix, List.of(), args);
    }

    /** With a file of the form of hosts(5) that is all it knows of names. */
    static CommandProcess sluice(List<String> prefix, Path hosts, String... args) throws IOException {
        return sluice(prefix, List.of("-Djdk.net.hosts.file=" + hosts), args);
    }

    private static CommandProcess sluice(List<String> prefix, List<String> jvmOptions, String... args)
            throws IOException {
        List<String> command = new ArrayList<>(prefix);
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(List.of("-cp", classPath, "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1"));
        command.addAll(jvmOptions);
        command.add("dev.sluice.cli.Sluice");
        command.addAll(Arrays.asList(args));
        return new CommandProcess(command);
    }

    static CommandProcess command(String... command) throws IOException {
        return new CommandProcess(List.of(command));
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            lines.lines().forEach(errors::add);
        } catch (IOException | UncheckedIOException e) {
            errors.add("(unreadable: " + e + ")");
        }
    }

    /** The next line of standard error. */
    String nextError() throws InterruptedException {
        String line = errors.poll(MOST_SECONDS, TimeUnit.SECONDS);
        assertTrue(line != null, "no further line on standard error");
        return line;
    }

    /** The next line of standard error, or null. */
    String errorWithin(long milliseconds) throws InterruptedException {
        return errors.poll(milliseconds, TimeUnit.MILLISECONDS);
    }

    /** The address in {@code receiving on ADDRESS through PROVIDER}, its first line. */
    String address() throws InterruptedException {
        String line = nextError();
        assertTrue(line.matches("receiving on \\S+ through \\w+"), line);
        return line.split(" ")[2];
    }

    void input(String text) throws IOException {
        process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** Its end, with all that it has written on standard output. */
    CommandResult end() throws Exception {
        process.getOutputStream().close();
        CompletableFuture<byte[]> output = CompletableFuture.supplyAsync(() -> {
            try {
                return process.getInputStream().readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertTrue(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS), "it does not end");
        reader.join(TimeUnit.SECONDS.toMillis(MOST_SECONDS));
        return new CommandResult(
                process.exitValue(), output.get(MOST_SECONDS, TimeUnit.SECONDS), String.join("\n", errors));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
