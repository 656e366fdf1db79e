// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

/**
 * How many segments this kernel takes in one GSO send. UDP_MAX_SEGMENTS is 128 since Linux 6.9 and was 64 before
 * (include/linux/udp.h); it can't be read, so it is learnt from the first GSO send that is refused and passes when halved.
 * The sockets of a provider share one. Safe on any thread.
 */
public final class SegmentCeiling {
    static final int NEW_KERNELS = 128;
    static final int OLD_KERNELS = 64;

    private volatile int segments = NEW_KERNELS;

    /** What is assumed before anything was learnt. */
    public SegmentCeiling() {}

    int segments() {
        return segments;
    }

    /** More than {@link #OLD_KERNELS} were refused, and that many went through. */
    void lower() {
        segments = OLD_KERNELS;
    }
}
