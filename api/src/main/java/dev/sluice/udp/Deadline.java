// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp;

import java.time.Duration;

/** When a time that began now is over. */
final class Deadline {
    private final long start = System.nanoTime();
    private final long nanos;

    Deadline(Duration timeout) {
        nanos = Waiting.nanos(timeout);
    }

    /** What is left; zero or less afterwards. */
    long restNanos() {
        return nanos - (System.nanoTime() - start);
    }

    /** What is left; zero or less afterwards. */
    Duration rest() {
        return Duration.ofNanos(restNanos());
    }
}
