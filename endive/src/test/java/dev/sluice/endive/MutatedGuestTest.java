// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.sluice.udp.UdpSockets;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Guests with a few bytes changed at random: each is refused, runs, exits or traps, and an error has a message of one
 * line. The seed in a failure's message reproduces the file.
 */
@Timeout(120)
class MutatedGuestTest {
    private static final int FILES = 1000;
    private static final int LARGEST = 40_000;
    private static final Limits LIMITS =
            Limits.standard().withMemoryBytes(16 << 20).withTime(Duration.ofMillis(20));

    /** The largest numbers that a LEB128 of 32 bits holds, unsigned and signed, and one that it doesn't hold. */
    private static final byte[][] HUGE = {
        Assembler.bytes(0xff, 0xff, 0xff, 0xff, 0x0f),
        Assembler.bytes(0xff, 0xff, 0xff, 0xff, 0x07),
        Assembler.bytes(0xff, 0xff, 0xff, 0xff, 0xff, 0xff)
    };

    @Test
    void everyErrorIsOneLine() throws Exception {
        List<byte[]> guests = guests();
        for (int seed = 0; seed < FILES; seed++) {
            Random random = new Random(seed);
            byte[] file = mutated(guests.get(random.nextInt(guests.size())), random);
            try {
                run(file);
            } catch (Throwable e) {
                fail("seed " + seed, e);
            }
        }
    }

    private static void run(byte[] file) throws InterruptedIOException {
        try {
            WasiCommand.load(file)
                    .interpreted()
                    .run(WasiHost.builder(UdpSockets.provider("nio"))
                            .limits(LIMITS)
                            .build());
        } catch (InvalidGuestException e) {
            assertTrue(e.getMessage().endsWith(".") && !e.getMessage().contains("java."), e.getMessage());
            assertTrue(e.getMessage().lines().count() == 1, e.getMessage());
        } catch (GuestTrapException e) {
            assertTrue(e.getMessage().lines().count() == 1, e.getMessage());
        }
    }

    private static byte[] mutated(byte[] guest, Random random) {
        byte[] file = guest.clone();
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            int at = random.nextInt(file.length);
            switch (random.nextInt(6)) {
                case 0 -> file = Arrays.copyOf(file, at + 1);
                case 1 -> file = inserted(file, at, HUGE[random.nextInt(HUGE.length)]);
                case 2 -> file[random.nextInt(Math.min(64, file.length))] = (byte) random.nextInt();
                default -> file[at] = (byte) (file[at] ^ 1 << random.nextInt(8)); // can often still be run
            }
        }
        return file;
    }

    private static byte[] inserted(byte[] file, int at, byte[] bytes) {
        return Assembler.concat(Arrays.copyOf(file, at), bytes, Arrays.copyOfRange(file, at, file.length));
    }

    private static List<byte[]> guests() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/guests"))) {
            List<Path> wasm = files.filter(file -> file.toString().endsWith(".wasm"))
                    .filter(file -> file.toFile().length() <= LARGEST)
                    .sorted()
                    .toList();
            return wasm.stream().map(MutatedGuestTest::read).toList();
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            return fail(e);
        }
    }
}
