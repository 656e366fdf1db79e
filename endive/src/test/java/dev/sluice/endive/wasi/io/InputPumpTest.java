// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Standard input, which the guest reads without blocking. */
class InputPumpTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void whatIsThereIsReadAndThenTheEnd() throws Exception {
        byte[] much = new byte[300_000];
        new Random(1).nextBytes(much);
        byte[] read = {};
        try (InputPump pump = new InputPump(new ByteArrayInputStream(much))) {
            while (read.length < much.length) {
                assertTrue(pump.block(PATIENCE));
                byte[] next = pump.read(70_000);
                byte[] both = Arrays.copyOf(read, read.length + next.length);
                System.arraycopy(next, 0, both, read.length, next.length);
                read = both;
            }
            assertArrayEquals(much, read);
            assertTrue(pump.block(PATIENCE));
            assertThrows(StreamException.class, () -> pump.read(1));
            assertThrows(StreamException.class, () -> pump.read(0), "closed even for nothing");
        }
    }

    @Test
    void nothingYetIsEmptyAndNotReady() throws Exception {
        try (PipedOutputStream source = new PipedOutputStream();
                InputPump pump = new InputPump(new PipedInputStream(source))) {
            assertFalse(pump.ready());
            assertEquals(0, pump.read(10).length);
            source.write(new byte[] {1, 2, 3});
            source.flush();
            assertTrue(pump.block(PATIENCE));
            assertArrayEquals(new byte[] {1, 2}, pump.read(2));
            assertArrayEquals(new byte[] {3}, pump.read(-1)); // unsigned: very many
            assertFalse(pump.ready());
        }
    }

    @Test
    void anErrorIsToldOnceAndThenTheEnd() throws Exception {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("broken");
            }
        };
        try (InputPump pump = new InputPump(broken)) {
            assertTrue(pump.block(PATIENCE));
            StreamException first = assertThrows(StreamException.class, () -> pump.read(1));
            assertInstanceOf(IOException.class, first.getCause());
            StreamException second = assertThrows(StreamException.class, () -> pump.read(1));
            assertEquals(null, second.getCause());
        }
    }

    @Test
    void closingWakesWhoWaits() throws Exception {
        try (PipedOutputStream source = new PipedOutputStream()) {
            InputPump pump = new InputPump(new PipedInputStream(source));
            boolean[] woken = {false};
            pump.onReady(() -> woken[0] = true);
            assertFalse(woken[0]);
            pump.close();
            assertTrue(woken[0] && pump.ready());
        }
    }
}
