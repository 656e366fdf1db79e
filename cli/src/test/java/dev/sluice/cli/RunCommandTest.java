// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import static dev.sluice.cli.CommandResult.sluice;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.RandomAccessFile;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Guests, run by the command, inside what it allows. */
class RunCommandTest {
    private static final String GUESTS = "../endive/src/test/guests/";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"programs, nio", "programs, epoll", "components, nio", "components, epoll"})
    void aGuestDoesWhatItMay(String kind, String provider) throws Exception {
        try (DatagramSocket collector = listen()) {
            CommandResult ran = sluice(
                    "run",
                    GUESTS + kind + "/statsd.wasm",
                    "--provider",
                    provider,
                    "--allow",
                    "bind=127.0.0.1:0",
                    "--allow",
                    "send=127.0.0.0/8:" + collector.getLocalPort(),
                    "--",
                    "count=2",
                    "port=" + collector.getLocalPort());
            assertEquals("", ran.errors());
            assertEquals("2 sent\n", ran.text());
            assertEquals(0, ran.status());
            assertEquals("sluice.sent:1|c", read(collector));
            assertEquals("sluice.sent:2|c", read(collector));
        }
    }

    @Test
    void whatItMayNotIsToldWithTheOptionToGive() {
        CommandResult ran = sluice("run", GUESTS + "programs/statsd.wasm", "--", "port=9", "family=ipv6");
        assertEquals(
                "sluice: the guest may not bind [::1]:0; to let it: --allow 'bind=[::1]:0'",
                ran.errors().lines().findFirst().orElseThrow());
        ran = sluice("run", GUESTS + "programs/statsd.wasm", "--allow", "bind=*", "--", "port=9");
        assertEquals(
                "sluice: the guest may not send to 127.0.0.1:9; to let it: --allow send=127.0.0.1:9",
                ran.errors().lines().findFirst().orElseThrow());
    }

    @Test
    void R4_whatItMayNotReceiveIsTold() throws Exception {
        int port = FreePort.on("127.0.0.1");
        try (CommandProcess echo = CommandProcess.sluice(
                        "run", GUESTS + "programs/echo.wasm", "--allow", "bind=*", "--", "port=" + port);
                DatagramSocket refused = listen()) {
            String line = null;
            while (line == null && echo.process.isAlive()) { // it may not listen yet
                refused.send(new DatagramPacket(new byte[1], 1, InetAddress.getByName("127.0.0.1"), port));
                line = echo.errorWithin(100);
            }
            String source = "127.0.0.1:" + refused.getLocalPort();
            assertEquals(
                    "sluice: the guest may not receive from " + source + "; to let it: --allow receive=" + source,
                    line);
        }
    }

    @Test
    void aTrapIsOneLineAndTheGuestsStack() {
        CommandResult ran =
                sluice("run", GUESTS + "hostile/handles.wasm", "--allow", "bind=*", "--", "trap=send-unpermitted");
        assertEquals(134, ran.status());
        String[] lines = ran.errors().split("\n");
        assertTrue(lines[0].startsWith("sluice: the guest trapped: "), ran.errors());
        assertTrue(ran.errors().contains("\n    at send_unpermitted\n"), ran.errors());
        assertEquals("    at run", lines[lines.length - 1]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--interpret", "--memory=64"}) // the second is there for the compiled engine
    void timeEndsAGuestWithStatus124(String engine) {
        String guest = GUESTS + "hostile/greed.wasm";
        CommandResult ran = sluice("run", guest, "--time=0.5", engine, "--allow=bind=*", "--", "take=loop");
        assertEquals(
                "sluice: the guest was stopped: its time of PT0.5S is over",
                ran.errors().lines().findFirst().orElseThrow());
        assertEquals(124, ran.status());
    }

    /** A function that calls itself 50 000 times, and {@code run}, which calls it. */
    private static final String DEEP = "0061736d01000000010a0260017f017f6000017f030302000105030100010723"
            + "02066d656d6f7279020016776173693a636c692f72756e40302e322e302372756e0001"
            + "0a1d021200200045047f410005200041016b10000b0b080041d0860310000b";

    @ParameterizedTest
    @ValueSource(strings = {"", "--interpret"})
    void recursionGoesAsDeepAsTheStackAllows(String engine, @TempDir Path folder) throws Exception {
        Path guest = Files.write(folder.resolve("deep.wasm"), HexFormat.of().parseHex(DEEP));
        CommandResult ran = sluice(command("run", guest.toString(), "--stack=1", engine));
        assertEquals(
                "sluice: the guest was stopped: call stack exhausted",
                ran.errors().strip());
        assertEquals(134, ran.status());
        assertEquals(
                0,
                sluice(command("run", guest.toString(), "--stack=512", engine)).status());
    }

    private static String[] command(String... words) {
        return Stream.of(words).filter(word -> !word.isEmpty()).toArray(String[]::new);
    }

    @Test
    void memoryEndsAtItsLimit() {
        String guest = GUESTS + "hostile/greed.wasm";
        CommandResult ran = sluice("run", guest, "--memory=20", "--allow=bind=*", "--", "take=memory");
        String pages = ran.text().lines().skip(1).findFirst().orElseThrow();
        int number = Integer.parseInt(pages.substring(0, pages.indexOf(' ')));
        assertTrue(number <= 20 * 16, pages);
        assertEquals(0, ran.status());
    }

    @Test
    void theStatusIsTheGuests() {
        assertEquals(
                1,
                sluice("run", GUESTS + "hostile/handles.wasm", "--allow=bind=*", "--", "trap=no")
                        .status());
        CommandResult badPort = sluice("run", GUESTS + "programs/lines.wasm", "--allow=bind=*", "--", "port=0");
        assertEquals("stream failed", badPort.errors().strip());
        assertEquals(3, badPort.status());
    }

    @Test
    void inputAndEnvironmentReachTheGuest() {
        CommandResult ran = sluice(
                "one\ntwo\n".getBytes(StandardCharsets.UTF_8),
                "run",
                GUESTS + "components/lines.wasm",
                "--allow",
                "bind=*",
                "--allow",
                "send=*",
                "--env",
                "COUNT_ONLY=yes",
                "--",
                "port=9");
        assertEquals("2 lines\n", ran.text());
        assertEquals(0, ran.status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"no/such.wasm", "src", "pom.xml"})
    void whatIsNoGuestIsOneLineAndStatus1(String file) {
        CommandResult ran = sluice("run", file);
        assertEquals(1, ran.status());
        assertEquals(1, ran.errors().lines().count(), ran.errors());
        assertTrue(ran.errors().startsWith("sluice: "), ran.errors());
    }

    @Test
    void aBrokenGuestIsOneLineAndStatus1() throws Exception {
        byte[] guest = Files.readAllBytes(Path.of(GUESTS, "programs/statsd.wasm"));
        Path broken = Files.write(folder.resolve("broken.wasm"), Arrays.copyOf(guest, guest.length / 2));
        whatIsNoGuestIsOneLineAndStatus1(broken.toString());
    }

    @Test
    void aFileOfThreeGibibytesIsOneLineAndStatus1() throws Exception {
        Path large = folder.resolve("large.wasm");
        try (RandomAccessFile hole = new RandomAccessFile(large.toFile(), "rw")) {
            hole.setLength(3L << 30);
        }
        whatIsNoGuestIsOneLineAndStatus1(large.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "run x --allow",
                "run x --allow send",
                "run x --allow hear=*",
                "run x --allow send=127.0.0.1",
                "run x --nonsense",
                "run x --time=0",
                "run x --time=soon",
                "run x --memory=0",
                "run x --memory=2048",
                "run x --stack=0",
                "run x --stack=1025",
            })
    void wrongUsageIsStatus2(String line) {
        assertEquals(2, sluice(line.split(" ")).status());
    }

    private static DatagramSocket listen() throws Exception {
        DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
        socket.setSoTimeout((int) TimeUnit.MINUTES.toMillis(1));
        return socket;
    }

    private static String read(DatagramSocket socket) throws Exception {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        socket.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }
}
