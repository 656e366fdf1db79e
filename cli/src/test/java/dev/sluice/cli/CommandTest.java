// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import static dev.sluice.cli.CommandResult.sluice;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything but sending and receiving: tables, help, and the one line that a failure is. */
class CommandTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "--nonsense",
                "send",
                "send --to",
                "send --to localhost",
                "send --to ::1:9000",
                "send --to 127.0.0.1:0",
                "send --to 127.0.0.1:70000",
                "send --to 127.0.0.1:9 --datagram 0",
                "send --to 127.0.0.1:9 --datagram 65508",
                "send --to 127.0.0.1:9 --datagram words",
                "send --to 127.0.0.1:9 --rate 0",
                "send --to 127.0.0.1:9 --rate fast",
                "send --to 127.0.0.1:9 one two",
                "receive",
                "receive --bind 9000",
                "receive --bind 127.0.0.1:0 --count 0",
                "receive --bind 127.0.0.1:0 --for -1",
                "receive --bind 127.0.0.1:0 --for NaN",
                "demo one two",
                "providers please",
            })
    void wrongUsageIsOneLineAndStatus2(String line) {
        assertOneLine(2, sluice(line.split(" ")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "send --to no..such.host:9",
                "send --to [fe80::1%nosuchinterface]:9",
                "send --to 0.0.0.0:9",
                "send --to 127.0.0.1:9 --provider nosuch",
                "send --to 127.0.0.1:9 no/such/file",
                "send --to 127.0.0.1:9 src",
                "receive --bind no..such.host:9",
                "receive --bind 127.0.0.1:0 --provider nosuch",
                "demo no/such/file",
                "demo src",
            })
    void whatCannotBeDoneIsOneLineAndStatus1(String line) {
        assertOneLine(1, sluice(line.split(" ")));
    }

    /** Though an option that is needed is missing, then. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sned | unknown command 'sned'; did you mean 'send'? (see 'sluice --help')",
                "recieve --bind x | unknown command 'recieve'; did you mean 'receive'? (see 'sluice --help')",
                "nonsense | unknown command 'nonsense' (see 'sluice --help')",
                "--verson | unknown option '--verson'; did you mean '--version'? (see 'sluice --help')",
                "send --too localhost:9 | unknown option '--too'; did you mean '--to'? (see 'sluice send --help')",
                "send --ot=localhost:9 | unknown option '--ot'; did you mean '--to'? (see 'sluice send --help')",
                "send --unconected | unknown option '--unconected'; did you mean '--unconnected'? (see 'sluice send --help')",
                "send --bind localhost:9 | unknown option '--bind' (see 'sluice send --help')",
                "send --to 127.0.0.1:9 one two | unexpected argument 'two' (see 'sluice send --help')",
                "receive --bnd localhost:9 | unknown option '--bnd'; did you mean '--bind'? (see 'sluice receive --help')",
                "receive --bind localhost:9 --cuont 3 | unknown option '--cuont'; did you mean '--count'? (see 'sluice receive --help')",
                "run --alow bind=* x.wasm | unknown option '--alow'; did you mean '--allow'? (see 'sluice run --help')",
                "demo -x | unknown option '-x'; did you mean '-h'? (see 'sluice demo --help')",
                "providers --hepl | unknown option '--hepl'; did you mean '--help'? (see 'sluice providers --help')",
                "send | Missing required option: '--to=HOST:PORT' (see 'sluice send --help')",
            })
    void whatIsMistypedIsCalledUnknown(String line, String problem) {
        CommandResult ran = sluice(line.split(" "));
        assertEquals("sluice: " + problem + System.lineSeparator(), ran.errors());
        assertEquals(2, ran.status());
    }

    private static void assertOneLine(int status, CommandResult ran) {
        assertEquals(status, ran.status(), ran.errors());
        assertEquals(1, ran.errors().lines().count(), ran.errors());
        assertTrue(ran.errors().startsWith("sluice: "), ran.errors());
        assertFalse(ran.errors().contains("xception"), ran.errors());
        assertEquals("", ran.text());
    }

    @Test
    void E2_anAddressIsWrittenAsItWasGiven() {
        CommandResult ran = sluice("send", "--to", "0.0.0.0:9");
        assertTrue(ran.errors().contains(" 0.0.0.0:9 is the unspecified address"), ran.errors());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "demo ", "send ", "receive ", "measure ", "run ", "providers ", "completion "})
    void helpGoesToStandardOutput(String command) {
        CommandResult ran = sluice((command + "--help").split(" "));
        assertEquals(0, ran.status());
        assertTrue(ran.text().startsWith("Usage: sluice " + command), ran.text());
        assertEquals("", ran.errors());
        assertTrue(ran.text().lines().allMatch(line -> line.length() <= 80), ran.text());
    }

    @ParameterizedTest
    @CsvSource({"60, 60", "100, 100", "300, 100", "20, 55", "0, 55"})
    void helpFitsTheTerminal(int columns, int width) {
        System.setProperty("sluice.cli.columns", String.valueOf(columns));
        try {
            for (String command :
                    new String[] {"demo", "send", "receive", "measure", "run", "providers", "completion"}) {
                String text = sluice(command, "--help").text();
                int widest = text.lines()
                        .filter(line -> !line.startsWith("  sluice ")) // examples are to be copied
                        .mapToInt(String::length)
                        .max()
                        .orElseThrow();
                assertTrue(widest <= width, text);
            }
            String send = sluice("send", "--help").text();
            assertTrue(send.lines().anyMatch(line -> line.length() > width - 15), send);
        } finally {
            System.clearProperty("sluice.cli.columns");
        }
    }

    /** In a real shell: what bash would offer behind the words that were typed. */
    @ParameterizedTest
    @CsvSource({
        "1, sluice|s, send",
        "1, sluice|re, receive",
        "2, sluice|send|--un, --unconnected",
        "3, sluice|send|--provider|e, epoll",
        "3, ./sluice|receive|--provider|n, nio"
    })
    void theShellCompletes(int word, String typed, String offered) throws Exception {
        String script = sluice("completion").text()
                + "\nCOMP_WORDS=(" + typed.replace('|', ' ') + ") COMP_CWORD=" + word
                + "\n$(complete -p sluice | sed 's/.* -F \\([^ ]*\\) .*/\\1/') && printf '%s\\n' \"${COMPREPLY[@]}\"\n";
        Process bash = new ProcessBuilder("bash", "--norc", "--noprofile")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (OutputStream in = bash.getOutputStream()) {
            in.write(script.getBytes(StandardCharsets.UTF_8));
        }
        String offers = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(List.of(offered), offers.lines().map(String::strip).toList());
    }

    @Test
    void helpIsACommandToo() {
        assertEquals(sluice("send", "--help").text(), sluice("help", "send").text());
        assertEquals(sluice("--help").text(), sluice("help").text());
    }

    @Test
    void withoutACommandItShowsItsUsage() {
        CommandResult ran = sluice();
        assertEquals(2, ran.status());
        assertTrue(ran.errors().startsWith("Usage: sluice"), ran.errors());
        assertEquals("", ran.text());
    }

    @Test
    void saysItsVersion() {
        CommandResult ran = sluice("--version");
        assertEquals(0, ran.status());
        assertTrue(ran.text().startsWith("sluice "), ran.text());
    }

    @Test
    void V2_providersAreListedBestFirst() {
        CommandResult ran = sluice("providers");
        assertEquals(0, ran.status(), ran.errors());
        assertTrue(ran.text().lines().findFirst().orElse("").matches("PROVIDER +PRIORITY +AVAILABLE +WHY NOT +CAN DO"));
        assertTrue(ran.text().lines().anyMatch(line -> line.matches("nio +0 +yes +- .*")), ran.text());
        assertTrue(ran.text().lines().anyMatch(line -> line.startsWith("epoll ")), ran.text());
    }

    @Test
    void theDemoComparesByteForByteThroughEachProvider(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("lines");
        byte[] text = ("first\n\n\n" + "x".repeat(65_507) + "\n\u00e4\r\n" + "line\n".repeat(5000) + "\nlast")
                .getBytes(StandardCharsets.UTF_8);
        Files.write(file, text);
        CommandResult ran = sluice("demo", file.toString());
        assertEquals(0, ran.status(), ran.errors() + ran.text());
        String row = " +5,007 +85,519 +5,007 +85,519 +yes +[0-9,]+/s +none";
        assertTrue(ran.text().lines().anyMatch(line -> line.matches("nio" + row)), ran.text());
        assertTrue(ran.text().lines().skip(1).allMatch(line -> line.matches("(nio|epoll|ffm)" + row)), ran.text());
        assertTrue(ran.errors().contains("nio: 5,007 of 5,007 datagrams, 100 %"), ran.errors());
    }

    @Test
    void theDemoSendsAnEmptyFileToo(@TempDir Path directory) throws Exception {
        CommandResult ran =
                sluice("demo", Files.createFile(directory.resolve("empty")).toString());
        assertEquals(0, ran.status(), ran.errors() + ran.text());
    }

    @Test
    void E6_theDemoNamesALineThatIsTooLong(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("lines");
        Files.writeString(file, "short\n" + "x".repeat(65_508) + "\n");
        CommandResult ran = sluice("demo", file.toString());
        assertOneLine(1, ran);
        assertTrue(ran.errors().contains("line 2 of "), ran.errors());
    }
}
