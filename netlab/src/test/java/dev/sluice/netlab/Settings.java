// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.netlab;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** The providers, which must be there, and both families. */
final class Settings {
    /** The first Java whose foreign-function API is final, and on which that provider is built. */
    private static final int FOREIGN = 22;

    private Settings() {}

    static Stream<String> providers() {
        return Runtime.version().feature() < FOREIGN ? Stream.of("nio", "epoll") : Stream.of("nio", "epoll", "ffm");
    }

    static Stream<Arguments> all() {
        return inBothFamilies(providers());
    }

    /** Those that use segmentation offload. */
    static Stream<Arguments> offloading() {
        return inBothFamilies(providers().filter(name -> !name.equals("nio")));
    }

    private static Stream<Arguments> inBothFamilies(Stream<String> providers) {
        return providers.flatMap(name -> Arrays.stream(Family.values()).map(family -> Arguments.of(name, family)));
    }
}
