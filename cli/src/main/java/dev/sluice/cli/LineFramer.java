// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import java.io.InputStream;

/**
 * Each line is a datagram, without its newline; an empty line is an empty datagram. Bytes are left as they are, a
 * carriage return included.
 */
final class LineFramer extends Framer {
    LineFramer(InputStream in) {
        super(in);
    }

    @Override
    int length(byte[] bytes, int start, int end) {
        for (int i = start; i < end; i++) {
            if (bytes[i] == '\n') {
                return i - start;
            }
        }
        return INCOMPLETE;
    }

    @Override
    int separator() {
        return 1;
    }
}
