// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.netlab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Hosts without IPv6: not-supported from {@code createSocket}, alike on every provider. A kernel in which it is not built in
 * can't be had here; that is EAFNOSUPPORT from socket(2), which the scripted transport answers.
 */
class NoIpv6Test {
    private static final Set<String> NONE = Set.of("IPv6 not-supported, IPv4 works");
    private static final Set<String> BOTH = Set.of("IPv6 there, IPv4 works");

    @Test
    void U1_disabledForEveryInterface() {
        assertEquals(NONE, answers("sysctl -q -w net.ipv6.conf.all.disable_ipv6=1; ip link set lo up"));
    }

    @Test
    void U1_noInterfaceHasAnIpv6Address() {
        assertEquals(NONE, answers("ip link set lo up; ip -6 addr flush dev lo"));
    }

    @Test
    void U1_preferIpv4Stack() {
        assertEquals(NONE, answers("ip link set lo up", "-Djava.net.preferIPv4Stack=true"));
    }

    @Test
    void U1_otherwiseItIsThere() {
        assertEquals(BOTH, answers("ip link set lo up", "-Djava.net.preferIPv4Stack=false"));
    }

    /** Of a JVM in a namespace of its own, which has been prepared. */
    private static Set<String> answers(String preparation, String... options) {
        Lab.requireRights();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String output = Commands.run(List.of(
                "unshare",
                "--net",
                "--",
                "sh",
                "-c",
                preparation + "; exec \"$0\" \"$@\"",
                java,
                options.length == 0 ? "-Dnone" : options[0],
                "-cp",
                System.getProperty("java.class.path"),
                NoIpv6Main.class.getName()));
        // The JVM's warnings are there, too.
        List<String> lines =
                output.lines().filter(line -> line.contains(", IPv4 ")).toList();
        assertTrue(lines.size() >= 2, output);
        return lines.stream().map(line -> line.substring(line.indexOf(' ') + 1)).collect(Collectors.toSet());
    }
}
