// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.preview1;

import dev.sluice.endive.wasi.io.InputPump;
import dev.sluice.endive.wasi.io.StreamException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/**
 * A pump as a blocking stream, for preview 1: it and WASI 0.2 read the same input, and a guest that waits for input can be
 * interrupted.
 */
final class PumpedInput extends InputStream {
    private final InputPump pump;

    PumpedInput(InputPump pump) {
        this.pump = pump;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        try {
            byte[] bytes;
            do {
                pump.block();
                bytes = pump.read(length);
            } while (bytes.length == 0);
            System.arraycopy(bytes, 0, target, offset, bytes.length);
            return bytes.length;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the engine ends the guest because of it
            throw new InterruptedIOException("interrupted while it waited for input");
        } catch (StreamException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            return -1;
        }
    }

    @Override
    public int available() {
        return pump.available();
    }
}
