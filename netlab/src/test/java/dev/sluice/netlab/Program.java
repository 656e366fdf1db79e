// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.netlab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An example that runs as a process of its own, in this namespace or in the peer's. It ends with the test. */
final class Program implements AutoCloseable {
    private final Process process;
    private final Lines output = new Lines();

    private Program(List<String> command) throws IOException {
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Thread reader = new Thread(this::read, "output");
        reader.setDaemon(true);
        reader.start();
    }

    static Program here(String provider, Class<?> main, String... arguments) throws IOException {
        return new Program(java(provider, main, arguments));
    }

    static Program at(Peer peer, String provider, Class<?> main, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("nsenter", "--target", Long.toString(peer.pid()), "--net", "--"));
        command.addAll(java(provider, main, arguments));
        return new Program(command);
    }

    private static List<String> java(String provider, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= 24) {
            command.add("--enable-native-access=ALL-UNNAMED"); // else the JVM prints warnings
        }
        command.addAll(List.of("-Dsluice.provider=" + provider, "-cp", System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return command;
    }

    private void read() {
        try (output) {
            process.getInputStream().transferTo(output);
        } catch (IOException e) {
            // the process was ended while this read from it
        }
    }

    OutputStream input() {
        return process.getOutputStream();
    }

    /** The next line that it prints, be it an error. */
    String next() throws InterruptedException {
        return output.next();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void assertEnds(int status) throws InterruptedException {
        assertTrue(process.waitFor(1, TimeUnit.MINUTES), "it does not end");
        assertEquals(status, process.exitValue());
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
