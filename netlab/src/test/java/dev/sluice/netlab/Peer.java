// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.netlab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The process at the other end of the link, in a namespace of its own that goes with it. */
final class Peer implements AutoCloseable {
    private static final int ORDINARY_BUFFER = 4 * 1024 * 1024;
    private static final long PATIENCE_MILLIS = 60_000;
    private static final long SETTLING_MILLIS = 300;

    private final Process process;
    private final BufferedReader answers;

    Peer() {
        try {
            process = new ProcessBuilder(
                            "unshare",
                            "--net",
                            "--",
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            PeerMain.class.getName())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        answers = new BufferedReader(new InputStreamReader(process.getInputStream()));
        expect("ready", answer());
    }

    long pid() {
        return process.pid(); // unshare executes the JVM in its own place
    }

    /** Opens a port with a buffer that holds whatever a test sends. */
    void open(int port) {
        open(port, ORDINARY_BUFFER);
    }

    void open(int port, int receiveBuffer) {
        expect("opened", ask("open " + port + " " + receiveBuffer));
    }

    void close(int port) {
        expect("closed", ask("close " + port));
    }

    /** What has arrived at a port since it was opened, once it is that much, or nothing more comes. */
    Arrived await(int port, long datagrams) {
        return await(port, datagrams, PATIENCE_MILLIS);
    }

    /** What has arrived at a port since it was opened, once nothing more comes. */
    Arrived settle(int port) {
        return await(port, Long.MAX_VALUE, SETTLING_MILLIS);
    }

    Arrived await(int port, long datagrams, long patience) {
        return Arrived.parse(ask("await " + port + " " + datagrams + " " + patience));
    }

    /** Opens a socket on one of the peer's addresses. */
    void station(int port, String host) {
        expect("opened", ask("station " + port + " " + host));
    }

    /** Has such a socket send a text without blanks. */
    void say(String host, String destination, int port, String text) {
        expect("said", ask("say " + port + " " + host + " " + destination + " " + text));
    }

    /** Waits until such a socket has received so many datagrams: their texts, each with the port it came from. */
    List<String> hear(String host, int count) {
        return List.of(ask("hear " + count + " " + host).split(" "));
    }

    /** Has a socket that hears its peer alone ask it with a text without blanks, and returns the answer. */
    String ask(String destination, int port, String text) {
        return ask("ask " + port + " " + destination + " " + text);
    }

    /** Runs a command in the peer's namespace. */
    String run(String commandLine) {
        return Commands.runIn(pid(), commandLine);
    }

    private String ask(String command) {
        try {
            process.getOutputStream().write((command + "\n").getBytes());
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return answer();
    }

    private String answer() {
        try {
            return answers.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void expect(String wanted, String answer) {
        if (!wanted.equals(answer)) {
            throw new IllegalStateException("the peer answered " + answer);
        }
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
