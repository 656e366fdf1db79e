package dev.sluice.endive.wasi.io;

import dev.sluice.endive.abi.Resource;

/** {@code input-stream} of {@code wasi:io/streams}. */
public record InputStreamResource(ByteSource source) implements Resource {
    @Override
    public void close() {
        source.drop();
    }
}
