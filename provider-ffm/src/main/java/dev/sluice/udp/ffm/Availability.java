// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.ffm;

import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Why the provider can't be used on this machine. */
final class Availability {
    private static final int JAVA = 22;

    /** As Java on Linux names them; the layouts of 64-bit Linux are the same on both but for one. */
    private static final Set<String> ARCHITECTURES = Set.of("amd64", "aarch64");

    private Availability() {}

    /** All that is in the way; empty if there is nothing. */
    static Optional<Obstacle> obstacle(Supplier<Backend> backend) {
        Optional<Obstacle> obstacle = obstacle(
                System.getProperty("os.name", "an unknown system"),
                System.getProperty("os.arch", "an unknown architecture"),
                Runtime.version().feature());
        return obstacle.isPresent() ? obstacle : ofBackend(backend);
    }

    static Optional<Obstacle> obstacle(String system, String arch, int java) {
        if (!system.equals("Linux")) {
            return Optional.of(Obstacle.lasting("its system calls are Linux's, and this is " + system));
        }
        if (!ARCHITECTURES.contains(arch)) {
            return Optional.of(Obstacle.lasting("it knows the layouts of x86-64 and arm64 only, and this is " + arch));
        }
        if (java < JAVA) {
            return Optional.of(Obstacle.lasting("it needs the foreign-function API of Java " + JAVA
                    + " or later, and this is Java " + java + "; sluice-provider-epoll does the same on Java 17"));
        }
        return Optional.empty();
    }

    private static Optional<Obstacle> ofBackend(Supplier<Backend> backend) {
        try {
            return backend.get().obstacle();
        } catch (LinkageError e) {
            return Optional.of(Obstacle.lasting("its classes can't be loaded: " + e));
        }
    }
}
