// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every error has its code and errno, whatever the language of the C library (E6 to E9, U1, U2). */
class ErrorsTest {
    private static final String ENGLISH = "LC_ALL=C";
    private static final String GERMAN = "LC_ALL=de_DE.UTF-8";

    /** By a list of languages, which comes before the locale (gettext(3)). */
    private static final String FRENCH = "LC_ALL=de_DE.UTF-8 LANGUAGE=fr";

    private static final String NO_LOCALE = "needs the locale de_DE.UTF-8 (Debian: package locales, localedef(1))";

    /** No capabilities but those to read the class path, which may lie in root's home (setpriv(1)). */
    private static final String WITHOUT_PRIVILEGES =
            "exec setpriv --inh-caps -all --bounding-set -all,+dac_override,+dac_read_search ";

    @ParameterizedTest
    @ValueSource(strings = {ENGLISH, GERMAN, FRENCH})
    void E9_errorsThatNeedNoNetwork(String language) throws Exception {
        requireLanguage(language);
        assertEquals(errorsWithoutANetwork(), run("", language, "anywhere"));
    }

    /** Whose texts are learnt by provoking them, which must need no privilege; other users than root have none anyway. */
    @ParameterizedTest
    @ValueSource(strings = {ENGLISH, GERMAN, FRENCH})
    void E9_errorsOfAUserWithoutPrivileges(String language) throws Exception {
        requireLanguage(language);
        String prefix = System.getProperty("user.name").equals("root") ? WITHOUT_PRIVILEGES : "";
        assertEquals(errorsWithoutANetwork(), run(prefix, language, "anywhere"));
        assertEquals(
                List.of("provoked: [EACCES, EINVAL, EMSGSIZE, EADDRINUSE, EADDRNOTAVAIL, ENETUNREACH]"),
                run(prefix, language, "provoke"));
    }

    private static List<String> errorsWithoutANetwork() {
        List<String> expected = new ArrayList<>();
        for (String family : List.of("4", "6")) {
            expected.add("taken" + family + ": address-in-use 98");
            expected.add("nobodys" + family + ": address-not-bindable 99");
            if (family.equals("6")) {
                expected.add("no-interface6: invalid-argument 22");
            }
            expected.add("large" + family + ": datagram-too-large 90");
            expected.add("large-connected" + family + ": datagram-too-large 90");
            if (family.equals("4")) {
                expected.add("broadcast4: access-denied 13");
                expected.add("broadcast-connect4: access-denied 13");
            }
        }
        return expected;
    }

    @ParameterizedTest
    @ValueSource(strings = {ENGLISH, GERMAN, FRENCH})
    void U1_lackOfDescriptorsIsNewSocketLimitAndOverOnceSocketsAreClosed(String language) throws Exception {
        requireLanguage(language);
        List<String> expected = List.of(
                "create4: ok",
                "create6: ok",
                "descriptors4: new-socket-limit 24",
                "descriptors6: new-socket-limit 24",
                "create4: ok",
                "create6: ok");
        assertEquals(expected, run("ulimit -n 150 && ", language, "load", "create", "descriptors", "create"));
    }

    /** The JDK's class that closes channels can't be loaded without descriptors, and then never. */
    @Test
    void U7_channelsCanBeClosedThoughDescriptorsRanOutBeforeAnyWas() throws Exception {
        List<String> expected = List.of("descriptors4: new-socket-limit 24", "descriptors6: new-socket-limit 24");
        assertEquals(expected, run("ulimit -n 150 && ", ENGLISH, "load-errors", "descriptors"));
    }

    @ParameterizedTest
    @ValueSource(strings = {ENGLISH, GERMAN, FRENCH})
    void E7_errorsOfTheWay(String language) throws Exception {
        requireLanguage(language);
        try (Namespace namespace = Namespace.create()) {
            namespace.shell("ip link set lo up && ip link add v0 type veth peer name v1 && ip link set v0 arp off"
                    + " && ip link set v0 up && ip link set v1 up"
                    + " && ip addr add 10.9.0.1/24 dev v0 && ip addr add fd09::1/64 dev v0 nodad");
            List<String> expected = new ArrayList<>();
            for (String family : List.of("4", "6")) {
                add(expected, "unreachable", family, "remote-unreachable 113");
                add(expected, "prohibit", family, "access-denied 13");
                add(expected, "blackhole", family, "invalid-argument 22");
                add(expected, "none", family, "remote-unreachable 101");
            }
            assertEquals(expected, run("exec ip netns exec " + namespace.name() + " ", language, "routes"));
        }
    }

    private static void add(List<String> expected, String route, String family, String outcome) {
        expected.add(route + "-before" + family + ": ok");
        for (String how : List.of("-connected", "-empty", "-astray", "-connect", "")) {
            expected.add(route + how + family + ": " + outcome);
        }
        expected.add(route + "-after" + family + ": ok");
    }

    @ParameterizedTest
    @ValueSource(strings = {ENGLISH, GERMAN, FRENCH})
    void U1_noIpv6IsNotSupported(String language) throws Exception {
        requireLanguage(language);
        try (Namespace namespace = Namespace.create()) {
            namespace.shell("ip link set lo up && echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6");
            List<String> expected = List.of("create4: ok", "create6: not-supported 97");
            assertEquals(expected, run("exec ip netns exec " + namespace.name() + " ", language, "create"));
        }
    }

    private static void requireLanguage(String language) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", "locale -a").start(); // which a system may lack
        String known = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        boolean there = language.equals(ENGLISH) || known.contains("de_DE.utf8");
        assertTrue(there || !isCi(), NO_LOCALE);
        assumeTrue(there, NO_LOCALE);
    }

    static boolean isCi() {
        return "true".equals(System.getenv("CI"));
    }

    private static List<String> run(String prefix, String language, String... parts) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(
                "sh",
                "-c",
                prefix + "env " + language + " \"" + java + "\" -cp \"$TEST_CLASS_PATH\" "
                        + ErrorScenario.class.getName() + " " + String.join(" ", parts));
        builder.environment().remove("LANGUAGE");
        builder.environment().put("TEST_CLASS_PATH", System.getProperty("java.class.path"));
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), lines::toString);
        return lines;
    }
}
