// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the troubleshooting page explains is what the code says. */
class TroubleshootingTest {
    private static final Pattern MESSAGE = Pattern.compile("(?m)^\\| `(.+?)` \\|");

    /** Between the parts of a text that is put together over several lines. */
    private static final Pattern SEAM = Pattern.compile("\"\\s*\\+\\s*\"");

    @Test
    void everyMessageIsOneOfTheCode() throws Exception {
        List<String> messages = MESSAGE.matcher(
                        Files.readString(Repository.ROOT.resolve(Path.of("docs", "guide", "troubleshooting.md"))))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertTrue(messages.size() > 20, messages::toString);
        String code = Stream.of("api", "spi", "provider-epoll", "provider-ffm")
                .map(module -> sources(Repository.ROOT.resolve(module).resolve(Path.of("src", "main"))))
                .collect(Collectors.joining());
        assertEquals(
                List.of(),
                messages.stream().filter(message -> !code.contains(message)).toList());
    }

    private static String sources(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(TroubleshootingTest::text)
                    .collect(Collectors.joining());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return SEAM.matcher(Files.readString(file)).replaceAll("").replace("\\\"", "\"");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
