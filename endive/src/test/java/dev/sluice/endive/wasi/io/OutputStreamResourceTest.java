// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.endive.abi.Trap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.Pipe;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Output, whose permits count as those of sending do. */
class OutputStreamResourceTest {
    @Test
    void writingNeedsAPermitAndSpendsIt() throws Exception {
        OutputStreamResource stream = new OutputStreamResource(new ByteArrayOutputStream());
        assertThrows(Trap.class, () -> stream.spend(1));
        long permitted = stream.checkWrite();
        assertTrue(permitted >= 4096);
        stream.spend(permitted);
        assertThrows(Trap.class, () -> stream.spend(1));
        stream.checkWrite();
        assertThrows(Trap.class, () -> stream.spend(-1), "lengths are unsigned");
    }

    @Test
    void afterAnErrorItIsClosed() {
        OutputStreamResource stream = new OutputStreamResource(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("broken pipe");
            }
        });
        StreamException failed = assertThrows(StreamException.class, () -> stream.write(new byte[1]));
        assertEquals("broken pipe", failed.getCause().getMessage());
        assertNull(assertThrows(StreamException.class, stream::checkWrite).getCause());
        assertNull(assertThrows(StreamException.class, stream::flush).getCause());
    }

    @Test
    void aClosedPipeIsTheEndOfTheStream() throws Exception {
        Pipe pipe = Pipe.open();
        pipe.source().close();
        PipedInputStream reader = new PipedInputStream();
        PipedOutputStream piped = new PipedOutputStream(reader);
        reader.close();
        OutputStream wrapping = new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException("can't write", new ClosedChannelException());
            }
        };
        for (OutputStream closed : List.of(Channels.newOutputStream(pipe.sink()), piped, wrapping)) {
            OutputStreamResource stream = new OutputStreamResource(closed);
            for (int i = 0; i < 2; i++) {
                StreamException end = assertThrows(StreamException.class, () -> stream.write(new byte[] {1}));
                assertNull(end.getCause(), "closed, not failed");
            }
        }
    }
}
