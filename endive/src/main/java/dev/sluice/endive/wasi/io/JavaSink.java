// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.io;

import java.io.IOException;
import java.io.OutputStream;

/** A Java stream, which accepts every write and may block; so it is always ready. */
record JavaSink(OutputStream target) implements ByteSink {
    @Override
    public long permit() {
        return OutputStreamResource.PERMIT;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        target.write(bytes);
    }

    @Override
    public void flush() throws IOException {
        target.flush();
    }

    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public Registration onReady(Runnable action) {
        action.run();
        return () -> {};
    }
}
