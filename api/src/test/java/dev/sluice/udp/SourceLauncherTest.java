// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An error of send that a program run from its source doesn't catch is shown, with its trace. */
class SourceLauncherTest {
    private static final String PROGRAM =
            """
            import dev.sluice.udp.ErrorCode;
            import dev.sluice.udp.SocketErrorException;

            public class Program {
                public static void main(String[] arguments) throws Exception {
                    throw new SocketErrorException(ErrorCode.CONNECTION_REFUSED, "send: ECONNREFUSED", 111, null, false);
                }
            }
            """;

    @Test
    void theSourceLauncherShowsAnErrorOfSend(@TempDir Path folder) throws Exception {
        Path source = Files.writeString(folder.resolve("Program.java"), PROGRAM);
        Path classes = Path.of(SocketErrorException.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classes.toString(),
                        source.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(java.getInputStream().readAllBytes());
        assertTrue(java.waitFor(2, TimeUnit.MINUTES));
        assertEquals(1, java.exitValue(), output);
        assertTrue(output.contains("connection-refused: send: ECONNREFUSED"), output);
        assertTrue(output.contains("Program.main"), output);
    }
}
