// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The receiver written in C (src/test/c/receiver.c), as a process. */
final class Receiver implements AutoCloseable {
    private static final int MOST_SECONDS = 300;
    private static final String NO_COMPILER = "needs gcc and the C library's headers (Debian: gcc, libc6-dev)";
    private static Path binary;

    private final Process process;
    private final Semaphore arrived = new Semaphore(0);
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final CompletableFuture<List<byte[]>> datagrams = new CompletableFuture<>();

    /** On a loopback address; port 0 takes a free one. */
    static Receiver on(String host, int port) throws Exception {
        return new Receiver(List.of(), host, port);
    }

    /** With a prefix to the command, such as one that enters a network namespace. */
    Receiver(List<String> prefix, String host, int wanted) throws Exception {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(binary(), host.contains(":") ? "6" : "4", host, String.valueOf(wanted)));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Thread reader = new Thread(this::read, "receiver");
        reader.setDaemon(true);
        reader.start();
        port();
    }

    private void read() {
        List<byte[]> read = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(process.getInputStream())) {
            port.complete(in.readUnsignedShort());
            while (true) {
                byte[] payload = new byte[in.readInt()];
                in.readFully(payload);
                read.add(payload);
                arrived.release();
            }
        } catch (EOFException end) {
            port.completeExceptionally(end);
            datagrams.complete(read);
        } catch (IOException e) {
            port.completeExceptionally(e);
            datagrams.completeExceptionally(e);
        }
    }

    int port() throws Exception {
        return port.get(MOST_SECONDS, TimeUnit.SECONDS);
    }

    /** Waits for so many datagrams, where the path takes time. */
    void await(int count) throws InterruptedException {
        assertTrue(
                arrived.tryAcquire(count, MOST_SECONDS, TimeUnit.SECONDS),
                () -> arrived.availablePermits() + " arrived");
    }

    /** Ends it, and gives all that had been sent before. */
    List<byte[]> end() throws Exception {
        process.getOutputStream().close();
        List<byte[]> all = datagrams.get(MOST_SECONDS, TimeUnit.SECONDS);
        assertTrue(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue());
        return all;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Compiled once; without a compiler the test is skipped, but not in CI. */
    private static synchronized String binary() throws Exception {
        if (binary == null) {
            boolean hasCompiler = Arrays.stream(System.getenv("PATH").split(":"))
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, "gcc")));
            assertTrue(hasCompiler || !"true".equals(System.getenv("CI")), NO_COMPILER);
            assumeTrue(hasCompiler, NO_COMPILER);
            Path directory = Files.createDirectories(Path.of("target", "receiver"));
            Path built = directory.resolve("receiver").toAbsolutePath();
            Process gcc = new ProcessBuilder(
                            "gcc", "-Wall", "-Wextra", "-O1", "-o", built.toString(), "src/test/c/receiver.c")
                    .inheritIO()
                    .start();
            assertTrue(gcc.waitFor(MOST_SECONDS, TimeUnit.SECONDS));
            assertEquals(0, gcc.exitValue(), "gcc");
            binary = built;
        }
        return binary.toString();
    }
}
