// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import java.nio.ByteBuffer;
import java.util.List;

/** Datagrams that stand on the command line. */
final class Literals implements Source {
    private final List<byte[]> payloads;
    private int next;

    Literals(List<byte[]> payloads) {
        this.payloads = payloads;
    }

    @Override
    public ByteBuffer next() {
        return next < payloads.size() ? ByteBuffer.wrap(payloads.get(next++)) : null;
    }

    @Override
    public boolean read() {
        return false;
    }
}
