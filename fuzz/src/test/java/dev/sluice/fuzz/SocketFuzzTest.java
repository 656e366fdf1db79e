// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.UdpSockets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.provider.MethodSource;

/** The same calls on sockets of every provider that is found, in both families, against a model of the specification. */
class SocketFuzzTest {
    private static final int SEEDS = 8;
    private static final int SEED_LENGTH = 400;

    private static final Map<IpAddressFamily, Addresses> ADDRESSES = new EnumMap<>(IpAddressFamily.class);
    private static Fence fence;

    @BeforeAll
    static void makeAddresses() throws Exception {
        boolean inside = "inside".equals(System.getenv("SLUICE_NETLAB"));
        if (!inside && "true".equals(System.getenv("CI"))) {
            fail("CI runs this as root, who may make network namespaces");
        }
        Assumptions.assumeTrue(inside, "needs Linux and root: network namespaces");
        if (ADDRESSES.isEmpty()) {
            run("ip", "addr", "replace", "fd77::1/128", "dev", "lo", "nodad");
            // An ICMP error for each reason: none of a type whose rate is limited (128 is echo).
            run("sysctl", "-q", "-w", "net.ipv4.icmp_ratemask=0", "net.ipv6.icmp.ratemask=128");
            stayOnOneCpu();
            for (IpAddressFamily family : IpAddressFamily.values()) {
                ADDRESSES.put(family, new Addresses(family));
            }
            fence = new Fence(ADDRESSES.get(IpAddressFamily.IPV4).hosts[0]);
        }
    }

    /** There the loopback interface delivers in the order of sending: once something has arrived, so has what was before. */
    private static void stayOnOneCpu() throws Exception {
        try (Stream<String> status = Files.lines(Path.of("/proc/self/status"))) {
            String cpus = status.filter(line -> line.startsWith("Cpus_allowed_list:"))
                    .findFirst()
                    .orElseThrow();
            String cpu = cpus.replaceAll("\\D*(\\d+).*", "$1");
            run(
                    "taskset",
                    "-a",
                    "-c",
                    "-p",
                    cpu,
                    Long.toString(ProcessHandle.current().pid()));
        }
    }

    private static void run(String... command) throws Exception {
        assertEquals(
                0,
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start()
                        .waitFor(),
                () -> String.join(" ", command));
    }

    /** To begin with: long enough that much can happen. */
    static Stream<byte[]> scripts() {
        return IntStream.range(0, SEEDS).mapToObj(seed -> {
            byte[] script = new byte[SEED_LENGTH];
            new Random(seed).nextBytes(script);
            return script;
        });
    }

    @MethodSource("scripts")
    @FuzzTest
    void socketsDoWhatTheModelSays(byte[] input) throws Exception {
        Addresses addresses = ADDRESSES.get(new Choices(input).yes() ? IpAddressFamily.IPV6 : IpAddressFamily.IPV4);
        List<UdpSocketProvider> providers = UdpSockets.providers();
        assertEquals(true, providers.size() >= 1, "no provider is available");
        for (UdpSocketProvider provider : providers) {
            try (SocketScript script = new SocketScript(provider, addresses, fence, input)) {
                script.play();
            }
        }
    }
}
