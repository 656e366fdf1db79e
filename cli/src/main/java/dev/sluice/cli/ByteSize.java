// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import java.util.Locale;
import picocli.CommandLine.TypeConversionException;

/** A size as a user writes it: {@code 65536}, {@code 64k}, {@code 4M}. */
record ByteSize(long bytes) {
    private static final int KILO = 1024;

    static ByteSize parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        long unit = lower.endsWith("m") ? KILO * KILO : lower.endsWith("k") ? KILO : 1;
        try {
            long number = Long.parseLong(unit == 1 ? text : text.substring(0, text.length() - 1));
            if (number > 0 && number <= Integer.MAX_VALUE / unit) {
                return new ByteSize(number * unit);
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new TypeConversionException("'" + text + "' is no size: write bytes, as 65536, 64k or 4M, below 2 GB");
    }
}
