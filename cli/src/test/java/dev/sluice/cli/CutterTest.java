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

class CutterTest {
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
                strings(new Cut(3).of(new Drip("abcdefg".getBytes(StandardCharsets.UTF_8), 2))));
        assertEquals(List.of("abc"), strings(new Cut(3).of(new Drip("abc".getBytes(StandardCharsets.UTF_8), 3))));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 4096, 1 << 20})
    void bytesAreLeftAsTheyAre(int atOnce) throws IOException {
        byte[] input = new byte[3 * Cutter.CAPACITY + 17];
        new Random(1).nextBytes(input);
        assertArrayEquals(input, joined(all(new LineCutter(new Drip(input, atOnce))), "\n"));
        assertArrayEquals(input, joined(all(new SizeCutter(new Drip(input, atOnce), 1000)), ""));
    }

    @Test
    void aLineWithoutEndIsCutToWhatIsTooLongForTheLibrary() throws IOException {
        byte[] input = ("x".repeat(3 * Cutter.CAPACITY) + "\nnext").getBytes(StandardCharsets.UTF_8);
        List<byte[]> datagrams = all(new LineCutter(new Drip(input, 5000)));
        assertEquals(2, datagrams.size());
        assertEquals(Cutter.LONGEST, datagrams.get(0).length);
        assertEquals("next", new String(datagrams.get(1), StandardCharsets.UTF_8));
    }

    @Test
    void whatHasComeInIsThereBeforeMoreIsRead() throws IOException {
        Cutter cutter = new LineCutter(new Drip("a\nb".getBytes(StandardCharsets.UTF_8), 2));
        assertNull(cutter.next());
        assertTrue(cutter.read());
        assertEquals(ByteBuffer.wrap(new byte[] {'a'}), cutter.next());
        assertNull(cutter.next());
    }

    private static List<String> lines(String input) throws IOException {
        return strings(new LineCutter(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8))));
    }

    private static List<String> strings(Cutter cutter) throws IOException {
        return all(cutter).stream()
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .toList();
    }

    private static List<byte[]> all(Cutter cutter) throws IOException {
        List<byte[]> all = new ArrayList<>();
        for (ByteBuffer datagram = cutter.take(); datagram != null; datagram = cutter.take()) {
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
