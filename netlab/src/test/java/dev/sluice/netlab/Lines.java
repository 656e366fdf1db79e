// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.netlab;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a guest prints, line by line, for another thread to wait for. */
final class Lines extends OutputStream {
    /** What follows the last line. */
    static final String END = "(the end)";

    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    @Override
    public void write(int octet) {
        if (octet == '\n') {
            lines.add(begun.toString(StandardCharsets.UTF_8));
            begun.reset();
        } else {
            begun.write(octet);
        }
    }

    @Override
    public void close() {
        lines.add(END);
    }

    /** The next line; null if there is none for a long time. */
    String next() throws InterruptedException {
        return lines.poll(1, TimeUnit.MINUTES);
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }
}
