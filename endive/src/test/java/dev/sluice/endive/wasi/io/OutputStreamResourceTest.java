package dev.sluice.endive.wasi.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.endive.abi.Trap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
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
}
