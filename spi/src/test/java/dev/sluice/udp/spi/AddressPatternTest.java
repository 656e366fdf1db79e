// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a pattern lets through, and no more. */
class AddressPatternTest {
    @ParameterizedTest
    @CsvSource({
        "*, 192.0.2.1:9, true",
        "*, [2001:db8::1]:0, true",
        "127.0.0.1:9000, 127.0.0.1:9000, true",
        "127.0.0.1:9000, 127.0.0.1:9001, false",
        "127.0.0.1:9000, 127.0.0.2:9000, false",
        "127.0.0.1:*, 127.0.0.1:1, true",
        "127.0.0.1:*, [::1]:1, false",
        "*:53, 192.0.2.1:53, true",
        "*:53, [2001:db8::1]:53, true",
        "*:53, 192.0.2.1:54, false",
        "10.0.0.0/8:*, 10.255.0.1:1, true",
        "10.0.0.0/8:*, 11.0.0.1:1, false",
        "10.0.0.0/8:*, [a00::]:1, false",
        "10.128.0.0/9:*, 10.127.255.255:1, false",
        "10.128.0.0/9:*, 10.128.0.0:1, true",
        "0.0.0.0/0:*, 192.0.2.1:1, true",
        "0.0.0.0/0:*, [::1]:1, false",
        "[::1]:*, [::1]:7, true",
        "[::1]:*, [::2]:7, false",
        "[fd00::/8]:9000-9010, [fdff::1]:9010, true",
        "[fd00::/8]:9000-9010, [fdff::1]:9011, false",
        "[fd00::/8]:9000-9010, [fdff::1]:8999, false",
        "[fd00::/8]:9000-9010, [fe00::1]:9000, false",
        "[fe80::1%1]:9, [fe80::1%1]:9, true",
        "[fe80::1%1]:9, [fe80::1%2]:9, false",
        "[fe80::1]:9, [fe80::1%2]:9, true",
        "[fe80::1%1]:9, [fe80::1]:9, false",
        "[ff02::1%1]:9, [ff02::1%2]:9, false",
        "[::1%1]:9, [::1]:9, true",
        "[fd00::1%1]:9, [fd00::1%2]:9, true",
        "localhost:7, 127.0.0.1:7, true",
        "localhost:7, 127.0.0.2:7, false",
    })
    void matches(String pattern, String address, boolean expected) throws Exception {
        int colon = address.lastIndexOf(':');
        InetSocketAddress resolved = new InetSocketAddress(
                InetAddress.getByName(address.substring(0, colon)), Integer.parseInt(address.substring(colon + 1)));
        assertEquals(expected, AddressPattern.parse(pattern).matches(resolved));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "9000",
                "127.0.0.1",
                "::1:9000",
                "[::1]",
                ":9000",
                "127.0.0.1:65536",
                "127.0.0.1:1-x",
                "127.0.0.1/33:1",
                "127.0.0.1/-1:1",
                "[::1/129]:1",
                "127.0.0.1:9010-9000",
                "10:1",
                "10/8:*",
                "10.0/16:*",
                "127.0.1:*",
                "no.such.host.invalid:1",
            })
    void anythingElseIsRefused(String pattern) {
        assertThrows(IllegalArgumentException.class, () -> AddressPattern.parse(pattern));
    }
}
