// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.udp.IpAddressFamily;
import java.io.InputStream;
import picocli.CommandLine.TypeConversionException;

/** Where the input is split into datagrams: behind every line, or ({@code size} above 0) after so many bytes. */
record Framing(int size) {
    static final Framing LINES = new Framing(0);

    static Framing parse(String text) {
        if (text.equals("lines")) {
            return LINES;
        }
        int most = IpAddressFamily.IPV6.maxDatagramSize();
        try {
            int size = Integer.parseInt(text);
            if (size >= 1 && size <= most) {
                return new Framing(size);
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new TypeConversionException("'" + text + "' is neither 'lines' nor a size from 1 to " + most);
    }

    Framer of(InputStream in) {
        return size == 0 ? new LineFramer(in) : new BlockFramer(in, size);
    }
}
