// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that say that they are core modules or components; the guests of {@code endive}'s tests are where it begins. */
class GuestFileFuzzTest {
    private static final int LARGEST = 15_000;

    static Stream<byte[]> guests() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("../endive/src/test/guests"))) {
            return files
                    .filter(file ->
                            file.toString().endsWith(".wasm") && file.toFile().length() <= LARGEST)
                    .sorted()
                    .map(GuestFileFuzzTest::read)
                    .toList()
                    .stream();
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @MethodSource("guests")
    @FuzzTest
    void filesAreRefusedOrRun(byte[] file) throws Exception {
        Guests.run(file, Loopback.INSTANCE);
    }
}
