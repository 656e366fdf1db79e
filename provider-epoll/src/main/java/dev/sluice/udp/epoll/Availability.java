// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.epoll;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.SocketErrorException;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Why the provider can't be used on this machine: all that it will call is called once (V2a). The answer is kept, unless it
 * is the lack of something that may be there again later, such as descriptors.
 */
final class Availability {
    private static final Set<ErrorCode> PASSING = Set.of(ErrorCode.NEW_SOCKET_LIMIT, ErrorCode.OUT_OF_MEMORY);

    /** What is known for good. Guarded by the class. */
    private static Probe known;

    private Availability() {}

    /**
     * What was found.
     *
     * @param obstacle why the provider can't be used, on one line; empty if it can
     * @param code what creating a socket answers then
     * @param segments whether the kernel segments (UDP_SEGMENT, since Linux 4.18)
     */
    record Probe(Optional<String> obstacle, ErrorCode code, boolean segments) {
        static Probe available(boolean segments) {
            return new Probe(Optional.empty(), null, segments);
        }

        static Probe unavailable(String reason) {
            return new Probe(Optional.of(reason), ErrorCode.NOT_SUPPORTED, false);
        }
    }

    static synchronized Probe probe() {
        if (known != null) {
            return known;
        }
        try {
            known = probe(
                    System.getProperty("os.name", "an unknown system"),
                    System.getProperty("os.arch", "an unknown architecture"));
            return known;
        } catch (SocketErrorException e) {
            String reason = "it can't be tried now, and will be when it is asked for again: " + e.getMessage();
            return new Probe(Optional.of(reason), e.errorCode(), false);
        }
    }

    /**
     * Probes a system. Names Netty's classes only inside of {@link NettyProbe}, so that it works without them.
     *
     * @throws SocketErrorException if it is only now that it can't be probed
     */
    static Probe probe(String system, String arch) throws SocketErrorException {
        if (!system.equals("Linux")) {
            return Probe.unavailable("epoll is Linux's, and this is " + system);
        }
        String architecture = architecture(arch);
        if (!architecture.equals("x86_64") && !architecture.equals("aarch_64")) {
            return Probe.unavailable(
                    "there are native libraries for x86-64 and arm64 only, and this is " + architecture);
        }
        Descriptors.require(); // Netty remembers for ever that loading its library failed for want of one
        try {
            return NettyProbe.run(architecture);
        } catch (SocketErrorException e) {
            if (PASSING.contains(e.errorCode())) {
                throw e;
            }
            return Probe.unavailable(
                    "this system refuses what it needs (" + e.getMessage() + "): use the provider \"nio\" here");
        } catch (IOException | LinkageError | RuntimeException e) {
            return Probe.unavailable("Netty's classes are missing or don't fit together" + NettyVersions.found()
                    + ": add io.netty:netty-transport-classes-epoll 4.2 and what it depends on, all of one version ("
                    + firstLine(e) + ")");
        }
    }

    /** The architecture as Netty's classifiers spell it. */
    private static String architecture(String arch) {
        return switch (arch.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64", "x86-64", "x64" -> "x86_64";
            case "aarch64", "arm64", "aarch_64" -> "aarch_64";
            default -> arch;
        };
    }

    static String firstLine(Throwable thrown) {
        return thrown.toString().lines().findFirst().orElse("");
    }
}
