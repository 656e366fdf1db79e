// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.ffm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.IncomingDatagramStream;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.UdpSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Descriptors: a child process inherits none, and an ended provider has none. */
class DescriptorsTest {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    /** In the octal flags of /proc/self/fdinfo (open(2)). */
    private static final int O_CLOEXEC = 02000000;

    private static Set<String> open() throws Exception {
        List<Path> listed;
        try (Stream<Path> all = Files.list(DESCRIPTORS)) {
            listed = all.toList();
        }
        Set<String> open = new TreeSet<>();
        for (Path one : listed) {
            if (Files.isSymbolicLink(one)) { // that of the list itself is closed by now
                open.add(one.getFileName().toString());
            }
        }
        return open;
    }

    private static void use(FfmProvider provider, IpAddressFamily family) throws Exception {
        UdpSocket socket = provider.createSocket(family);
        socket.bind(Peer.loopback(family, 0));
        IncomingDatagramStream in = socket.stream(null).incoming();
        in.subscribe().onReady(() -> {});
        in.subscribe().block(Duration.ofMillis(1));
    }

    @Test
    void U1_allAreClosedInAChildProcess() throws Exception {
        try (FfmProvider warm = new FfmProvider()) {
            use(warm, IpAddressFamily.IPV4); // the JDK keeps some for itself
        }
        Set<String> before = open();
        try (FfmProvider provider = new FfmProvider()) {
            use(provider, IpAddressFamily.IPV4);
            use(provider, IpAddressFamily.IPV6);
            Set<String> own = new HashSet<>(open());
            own.removeAll(before);
            assertTrue(own.size() >= 5, () -> "two sockets, epoll, and events: " + own);
            for (String descriptor : own) {
                String info = Files.readString(Path.of("/proc/self/fdinfo", descriptor));
                String flags = info.lines()
                        .filter(line -> line.startsWith("flags:"))
                        .findFirst()
                        .orElseThrow();
                int bits = Integer.parseInt(flags.substring(6).strip(), 8);
                assertTrue((bits & O_CLOEXEC) != 0, () -> descriptor + " " + info);
            }
        }
        assertEquals(before, open());
    }
}
