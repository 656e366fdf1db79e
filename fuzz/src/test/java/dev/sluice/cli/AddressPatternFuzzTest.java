// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sluice.udp.spi.AddressPattern;
import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/**
 * What a guest may do depends on a pattern: a line with one, and a line with an address. Whatever they are, the pattern
 * is refused in words, or means what arithmetic says of it; and an address that was read is written as it is read.
 */
class AddressPatternFuzzTest {
    private static final Pattern NUMERIC =
            Pattern.compile("([0-9]+(?:\\.[0-9]+)*)(?:/([0-9]+))?:(\\*|([0-9]+)(?:-([0-9]+))?)");

    @FuzzTest
    void patternsMeanWhatTheySay(byte[] input) throws Failure {
        String[] lines = new String(input, StandardCharsets.UTF_8).split("\n", 2);
        AddressPattern pattern = pattern(lines[0]);
        for (InetSocketAddress address : addresses(lines[lines.length - 1])) {
            assertEquals(
                    List.of(address), HostPort.parse(HostPort.text(address)).resolve(), "read again");
            if (pattern != null) {
                check(lines[0], pattern, address);
            }
        }
    }

    private static void check(String text, AddressPattern pattern, InetSocketAddress address) {
        boolean matches = pattern.matches(address);
        Matcher numeric = NUMERIC.matcher(text);
        if (numeric.matches()) {
            assertEquals(expected(numeric, address), matches, () -> text + " and " + address);
        }
    }

    private static AddressPattern pattern(String text) {
        try {
            return AddressPattern.parse(text);
        } catch (IllegalArgumentException e) {
            assertFalse(e.getMessage().isBlank());
            return null;
        }
    }

    private static List<InetSocketAddress> addresses(String text) {
        try {
            return HostPort.parse(text).resolve();
        } catch (TypeConversionException | Failure e) {
            assertFalse(e.getMessage().isBlank());
            return List.of();
        }
    }

    /** By arithmetic on the numbers as they stand there: four of them are an IPv4 address, and anything else is none. */
    private static boolean expected(Matcher pattern, InetSocketAddress address) {
        String[] parts = pattern.group(1).split("\\.");
        assertEquals(4, parts.length, () -> "accepted as an address: " + pattern.group());
        BigInteger network = BigInteger.ZERO;
        for (String part : parts) {
            network = network.shiftLeft(8).add(new BigInteger(part));
        }
        int bits = pattern.group(2) == null ? 32 : Integer.parseInt(pattern.group(2));
        InetAddress host = address.getAddress();
        if (!(host instanceof Inet4Address)
                || !network.xor(new BigInteger(1, host.getAddress()))
                        .shiftRight(32 - bits)
                        .equals(BigInteger.ZERO)) {
            return false;
        }
        if (pattern.group(4) == null) {
            return true;
        }
        int first = Integer.parseInt(pattern.group(4));
        int last = pattern.group(5) == null ? first : Integer.parseInt(pattern.group(5));
        return first <= address.getPort() && address.getPort() <= last;
    }
}
