// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Addresses that can't be used say why, and what to do: in a network of two interfaces and loopback. */
class AddressHintsTest {
    private static final String SEND = "send --to ";
    private static final String RECEIVE = "receive --bind ";
    private static final String NO_BROADCASTS = " is a broadcast address: --broadcast allows it";
    private static final String NO_IPV6 = "this machine has no IPv6 address, or IPv6 is disabled";
    private static final String NO_GROUPS =
            " is a multicast group: --bind an address of this machine, or 0.0.0.0 or [::], and --join the group";

    private static String needsInterface(String host) {
        return "[" + host + "]:9 is a link-local address, which needs an interface, as in [" + host
                + "%d0]:9 (there are: d0, d1, lo)";
    }

    private static Stream<Arguments> hints() {
        String limited = "255.255.255.255:9";
        return Stream.of("nio", "epoll").flatMap(provider -> Stream.of(
                        new String[] {SEND + limited, "access-denied: " + limited + NO_BROADCASTS},
                        new String[] {SEND + "10.98.7.255:9", "access-denied: 10.98.7.255:9" + NO_BROADCASTS},
                        new String[] {SEND + "127.255.255.255:9", "access-denied: 127.255.255.255:9" + NO_BROADCASTS},
                        new String[] {SEND + "192.0.2.1:9", "remote-unreachable: no route leads to 192.0.2.1:9"},
                        new String[] {SEND + "[fe80::1]:9", "invalid-argument: " + needsInterface("fe80::1")},
                        new String[] {SEND + "[ff02::1]:9", "invalid-argument: " + needsInterface("ff02::1")},
                        new String[] {
                            RECEIVE + "[fe80::1]:9",
                            "invalid-argument: can't receive on [fe80::1]:9; " + needsInterface("fe80::1")
                        },
                        new String[] {
                            RECEIVE + "192.0.2.1:9",
                            "address-not-bindable: can't receive on 192.0.2.1:9; no interface of this machine has"
                                    + " this address"
                        },
                        new String[] {RECEIVE + "239.1.2.3:9", "239.1.2.3:9" + NO_GROUPS},
                        new String[] {RECEIVE + "[ff15::1]:9", "[ff15::1]:9" + NO_GROUPS})
                .map(each -> Arguments.of(provider, each[0], each[1])));
    }

    @ParameterizedTest
    @MethodSource("hints")
    void anAddressThatCannotBeUsedSaysWhy(String provider, String line, String hint) throws Exception {
        try (Namespace namespace = Namespace.create()
                .must("ip link set lo up")
                .must("ip link add d0 type veth peer name d1")
                .must("ip addr add 10.98.7.1/24 dev d0")
                .must("ip link set d0 up")
                .must("ip link set d1 up")
                .must("ip route add 255.255.255.255 dev d0")) {
            assertHint(namespace.inside(), provider, line, hint);
        }
    }

    private static Stream<Arguments> withoutIpv6() {
        return Stream.of("nio", "epoll").flatMap(provider -> Stream.of(SEND + "[::1]:9", RECEIVE + "[::1]:9")
                .map(line -> Arguments.of(provider, line)));
    }

    /** The code is the provider's matter. */
    @ParameterizedTest
    @MethodSource("withoutIpv6")
    void U1_aHostWithoutIpv6IsSaidToHaveNone(String provider, String line) throws Exception {
        try (Namespace namespace = Namespace.create()
                .must("sysctl -qw net.ipv6.conf.all.disable_ipv6=1")
                .must("sysctl -qw net.ipv6.conf.default.disable_ipv6=1")
                .must("ip link set lo up")) {
            assertHint(namespace.inside(), provider, line, NO_IPV6);
        }
    }

    @ParameterizedTest
    @MethodSource("withoutPrivileges")
    void aPortThatNeedsRootIsSaidToNeedIt(String provider) throws Exception {
        try (Namespace namespace = Namespace.create().must("ip link set lo up")) {
            List<String> prefix = new ArrayList<>(namespace.inside());
            // No capabilities but those to read the class path, which may lie in root's home (setpriv(1)).
            prefix.addAll(List.of("setpriv", "--inh-caps", "-all"));
            prefix.addAll(List.of("--bounding-set", "-all,+dac_override,+dac_read_search"));
            String hint = "access-denied: can't receive on 127.0.0.1:9; ports below 1024 may need root (ip(7))";
            assertHint(prefix, provider, RECEIVE + "127.0.0.1:9", hint);
        }
    }

    private static Stream<String> withoutPrivileges() {
        return Stream.of("nio", "epoll");
    }

    private static void assertHint(List<String> prefix, String provider, String line, String hint) throws Exception {
        try (CommandProcess launched = CommandProcess.sluice(prefix, (line + " --provider " + provider).split(" "))) {
            CommandResult ran = launched.end();
            assertEquals("sluice: " + hint, hint.startsWith("this") ? "sluice: " + end(ran.errors()) : ran.errors());
            assertEquals(1, ran.status());
        }
    }

    private static String end(String errors) {
        return errors.substring(Math.max(0, errors.length() - NO_IPV6.length()));
    }
}
