// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.itests.quickstart.Receiver;
import dev.sluice.itests.quickstart.Sender;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** V1 and V2 on the class path: the quick starts in a JVM of their own. */
class ClassPathIT {

    @Test
    void V2_bestOneIsFound() throws Exception {
        assertSends("epoll", Jars.everything());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "epoll"})
    void V2_namedOneIsTaken(String name) throws Exception {
        assertSends(name, Jars.everything(), "-Dsluice.provider=" + name);
    }

    @Test
    void V4_nioNeedsNothingElse() throws Exception {
        assertSends("nio", Jars.path(Jars.API, Jars.SPI, Jars.NIO));
    }

    @Test
    void V2_epollWithoutNativeLibraryIsPassedOver() throws Exception {
        assertSends("nio", Jars.path(Jars.API, Jars.SPI, Jars.NIO, Jars.EPOLL, Jars.NETTY));
    }

    @Test
    void V2_epollWithoutNettyIsPassedOver() throws Exception {
        assertSends("nio", Jars.path(Jars.API, Jars.SPI, Jars.NIO, Jars.EPOLL));
    }

    @Test
    void V2_namedEpollWithoutNativeLibrarySaysWhy() throws Exception {
        String classPath = Jars.path(Jars.API, Jars.SPI, Jars.NIO, Jars.EPOLL, Jars.NETTY);
        send("9", classPath, "-Dsluice.provider=epoll")
                .assertFailure("ProviderNotFoundException", "\"epoll\"", "unavailable", "native");
    }

    @Test
    void V2_namedEpollWithoutNettySaysWhy() throws Exception {
        send("9", Jars.path(Jars.API, Jars.SPI, Jars.NIO, Jars.EPOLL), "-Dsluice.provider=epoll")
                .assertFailure("ProviderNotFoundException", "\"epoll\"", "netty");
    }

    @Test
    void V2_noneInstalledSaysWhatToDo() throws Exception {
        send("9", Jars.API).assertFailure("ProviderNotFoundException", "sluice-provider-nio");
    }

    @Test
    void V2_namedOneThatIsMissingSaysWhatThereIs() throws Exception {
        send("9", Jars.path(Jars.API, Jars.SPI, Jars.NIO), "-Dsluice.provider=fast")
                .assertFailure("ProviderNotFoundException", "\"fast\"", "Available: nio");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "epoll"})
    void quickStartReceives(String provider) throws Exception {
        List<String> command = new ArrayList<>(List.of(Outcome.jdk("java").toString()));
        command.addAll(Jars.nativeAccess("ALL-UNNAMED"));
        command.addAll(List.of("-Dsluice.provider=" + provider, "-cp", Jars.path(Jars.everything(), Jars.CONSUMER)));
        command.addAll(List.of(Receiver.class.getName(), "0", "2"));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                DatagramSocket sender = new DatagramSocket()) {
            Matcher listening = Pattern.compile("listening with " + provider + " on port (\\d+)")
                    .matcher(output.readLine());
            assertTrue(listening.matches());
            int port = Integer.parseInt(listening.group(1));
            for (String line : List.of("one", "zwei")) {
                byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
                sender.send(new DatagramPacket(bytes, bytes.length, InetAddress.getByName("127.0.0.1"), port));
                assertEquals(line, output.readLine());
            }
            assertTrue(process.waitFor(Outcome.PATIENCE_SECONDS, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue());
        } finally {
            process.destroyForcibly();
        }
    }

    private static void assertSends(String provider, String classPath, String... options) throws Exception {
        try (Listener listener = new Listener()) {
            Outcome outcome = send(listener.port(), classPath, options).assertSuccess();
            assertEquals("sent through " + provider + ": 3", outcome.output().strip());
            listener.assertReceives("one", "", "three");
        }
    }

    private static Outcome send(String port, String classPath, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(Jars.nativeAccess("ALL-UNNAMED"));
        arguments.addAll(List.of(options));
        arguments.add("-cp");
        arguments.add(Jars.path(classPath, Jars.CONSUMER));
        arguments.addAll(List.of(Sender.class.getName(), "127.0.0.1", port, "one", "", "three"));
        return Outcome.java(arguments);
    }
}
