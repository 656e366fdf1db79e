// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.io;

import dev.sluice.endive.abi.Resource;

/** {@code input-stream} of {@code wasi:io/streams}. */
public record InputStreamResource(ByteSource source) implements Resource {
    @Override
    public void close() {
        source.drop();
    }
}
