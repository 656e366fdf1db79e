// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import picocli.CommandLine.Option;

/** How datagrams that arrive are printed. */
final class PrintOptions {
    @Option(names = "--raw", description = "Print nothing but the payloads: no newline after each.")
    boolean raw;

    @Option(names = "--hex", description = "Print payloads as offsets, hexadecimal bytes and characters.")
    boolean hex;

    @Option(names = "--timestamps", description = "Print when each datagram was taken from the kernel (UTC).")
    boolean timestamps;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print nothing on standard error but errors: no sources, no summary.")
    boolean quiet;

    /** What is wrong with them, or null. */
    String problem() {
        return raw && hex ? "--raw and --hex exclude each other" : null;
    }
}
