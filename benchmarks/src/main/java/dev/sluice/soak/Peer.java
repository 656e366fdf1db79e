// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.soak;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process at the other end of the links, in a namespace that all of them share. One thread at a time uses it. */
final class Peer implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;

    private Peer(List<String> launcher) {
        List<String> command = new ArrayList<>(launcher);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                ClassPath.text(),
                PeerMain.class.getName()));
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        answers = new BufferedReader(new InputStreamReader(process.getInputStream()));
        expect("ready", answer());
    }

    /** A peer in a namespace of its own. */
    static Peer inNewNamespace() {
        return new Peer(List.of("unshare", "--net", "--"));
    }

    /** A peer in this one's namespace. */
    Peer another() {
        return new Peer(List.of("nsenter", "--target", Long.toString(pid()), "--net", "--"));
    }

    long pid() {
        return process.pid(); // unshare executes the JVM in its own place
    }

    /** Runs a command in the peers' namespace. */
    String run(String commandLine) {
        return Commands.runIn(pid(), commandLine);
    }

    void open(InetSocketAddress port) {
        expect("done", ask("open " + text(port)));
    }

    void close(InetSocketAddress port) {
        expect("done", ask("close " + text(port)));
    }

    /**
     * Begins to take what comes to a port, until it is so many datagrams of the flow in all, those dropped included; or
     * nothing has come for a while.
     */
    void beginTaking(InetSocketAddress port, Flow flow, int count, Duration patience) {
        tell("take " + text(port) + " " + flow.seed() + " " + count + " " + patience.toMillis());
    }

    /** Takes what comes to a port until nothing has come for a while. */
    Taken takeFor(InetSocketAddress port, Flow flow, Duration silence) {
        beginTaking(port, flow, Integer.MAX_VALUE, silence);
        return taken();
    }

    /** Begins to take at a port that is open and closed by turns, for a time. */
    void beginComingAndGoing(InetSocketAddress port, Flow flow, int millis) {
        tell("come-and-go " + text(port) + " " + flow.seed() + " " + millis);
    }

    /**
     * What was taken of a flow since its beginning.
     *
     * @param datagrams how many came
     * @param dropped how many more the kernel dropped for want of buffer
     * @param end one more than the highest number that came
     */
    record Taken(long datagrams, long dropped, int end) {}

    /** What has been taken, once that is done. */
    Taken taken() {
        String[] words = answer().split(" ", 4);
        if (!words[0].equals("took")) {
            throw new SoakFailure("the peer got " + String.join(" ", words));
        }
        return new Taken(Long.parseLong(words[1]), Long.parseLong(words[2]), Integer.parseInt(words[3]));
    }

    /** Begins to send datagrams of a flow, from a number on. */
    void beginSending(InetSocketAddress from, InetSocketAddress to, Flow flow, int first, int count) {
        tell("send " + text(from) + " " + text(to) + " " + flow.seed() + " " + first + " " + count);
    }

    /** Waits until they are sent. */
    void sent(int count) {
        expect("sent " + count, answer());
    }

    private static String text(InetSocketAddress port) {
        return port.getAddress().getHostAddress() + " " + port.getPort();
    }

    private String ask(String command) {
        tell(command);
        return answer();
    }

    private void tell(String command) {
        try {
            process.getOutputStream().write((command + "\n").getBytes());
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String answer() {
        try {
            return String.valueOf(answers.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void expect(String wanted, String answer) {
        if (!wanted.equals(answer)) {
            throw new SoakFailure("the peer answered \"" + answer + "\" and not \"" + wanted + "\"");
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
