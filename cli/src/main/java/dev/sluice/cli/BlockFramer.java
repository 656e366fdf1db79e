// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import java.io.InputStream;

/** Each datagram has so many bytes; the last one has what is left. */
final class BlockFramer extends Framer {
    private final int size;

    BlockFramer(InputStream in, int size) {
        super(in);
        this.size = size;
    }

    @Override
    int length(byte[] bytes, int start, int end) {
        return end - start < size ? INCOMPLETE : size;
    }

    @Override
    int separator() {
        return 0;
    }
}
