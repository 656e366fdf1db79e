// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramerTest {
    @Test
    void eachLineIsADatagramWithoutItsNewline() throws IOException {
        assertEquals(List.of("one", "", "two\r", "", "rest"), lines("one\n\ntwo\r\n\nrest"));
    }

    @Test
    void aNewlineAtTheEndBeginsNoFurtherDatagram() throws IOException {
        assertEquals(List.of("one"), lines("one\n"));
        assertEquals(List.of(""), lines("\n"));
        assertEquals(List.of(), lines(""));
    }

    @Test
    void sizesLeaveTheRestToTheLast() throws IOException {
        assertEquals(
                List.of("abc", "def", "g"),
                strings(new Framing(3).of(new Drip("abcdefg".getBytes(StandardCharsets.UTF_8), 2))));
        assertEquals(List.of("abc"), strings(new Framing(3).of(new Drip("abc".getBytes(StandardCharsets.UTF_8), 3))));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 4096, 1 << 20})
    void bytesAreLeftAsTheyAre(int atOnce) throws IOException {
        byte[] input = new byte[3 * Framer.CAPACITY + 17];
        new Random(1).nextBytes(input);
        assertArrayEquals(input, joined(all(new LineFramer(new Drip(input, atOnce))), "\n"));
        assertArrayEquals(input, joined(all(new BlockFramer(new Drip(input, atOnce), 1000)), ""));
    }

    @Test
    void aLineWithoutEndIsCutToWhatIsTooLongForTheLibrary() throws IOException {
        byte[] input = ("x".repeat(3 * Framer.CAPACITY) + "\nnext").getBytes(StandardCharsets.UTF_8);
        List<byte[]> datagrams = all(new LineFramer(new Drip(input, 5000)));
        assertEquals(2, datagrams.size());
        assertEquals(Framer.LONGEST, datagrams.get(0).length);
        assertEquals("next", new String(datagrams.get(1), StandardCharsets.UTF_8));
    }

    @Test
    void whatHasComeInIsThereBeforeMoreIsRead() throws IOException {
        Framer framer = new LineFramer(new Drip("a\nb".getBytes(StandardCharsets.UTF_8), 2));
        assertNull(framer.next());
        assertTrue(framer.read());
        assertEquals(ByteBuffer.wrap(new byte[] {'a'}), framer.next());
        assertNull(framer.next());
    }

    private static List<String> lines(String input) throws IOException {
        return strings(new LineFramer(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8))));
    }

    private static List<String> strings(Framer framer) throws IOException {
        return all(framer).stream()
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .toList();
    }

    private static List<byte[]> all(Framer framer) throws IOException {
        List<byte[]> all = new ArrayList<>();
        for (ByteBuffer datagram = framer.take(); datagram != null; datagram = framer.take()) {
            byte[] bytes = new byte[datagram.remaining()];
            datagram.get(bytes);
            all.add(bytes);
        }
        return all;
    }

    private static byte[] joined(List<byte[]> parts, String separator) {
        List<String> strings = parts.stream()
                .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
                .toList();
        return String.join(separator, strings).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Gives a few bytes at a time, as a pipe may. */
    private static final class Drip extends InputStream {
        private final ByteArrayInputStream in;
        private final int atOnce;

        Drip(byte[] bytes, int atOnce) {
            this.in = new ByteArrayInputStream(bytes);
            this.atOnce = atOnce;
        }

        @Override
        public int read() {
            return in.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            return in.read(into, offset, Math.min(atOnce, length));
        }
    }
}
