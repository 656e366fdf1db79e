// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.IpAddressFamily;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class HostPortTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:9000, 127.0.0.1, 9000",
        "example.org:0, example.org, 0",
        "[::1]:65535, ::1, 65535",
        "[fe80::1%eth0]:7, fe80::1%eth0, 7",
    })
    void readsHostAndPort(String text, String host, int port) {
        assertEquals(new HostPort(host, port), HostPort.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "9000", "localhost", "::1:9000", ":9000", "[]:9000", "a:", "a:-1", "a:65536", "a:9x", "[::1]"
            })
    void refusesWhatIsNoAddress(String text) {
        assertThrows(TypeConversionException.class, () -> HostPort.parse(text));
    }

    @Test
    void resolvesLiteralsOfBothFamilies() throws Failure {
        assertEquals(
                IpAddressFamily.IPV4,
                HostPort.family(new HostPort("127.0.0.1", 1).resolve().get(0)));
        assertEquals(
                IpAddressFamily.IPV6,
                HostPort.family(new HostPort("::1", 1).resolve().get(0)));
    }

    /** No server is asked for a name with an empty label. */
    @ParameterizedTest
    @ValueSource(strings = {"no..such.host", "1.2..3.4.5", "::g"})
    void namesTheHostThatIsUnknown(String host) {
        Failure failure = assertThrows(Failure.class, () -> new HostPort(host, 1).resolve());
        assertTrue(failure.getMessage().contains(host), failure.getMessage());
    }

    @Test
    void namesTheInterfaceThatIsUnknown() {
        Failure failure = assertThrows(Failure.class, () -> new HostPort("fe80::1%nosuchinterface", 1).resolve());
        assertEquals("there is no network interface 'nosuchinterface'", failure.getMessage());
    }

    /** RFC 5952. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:80",
                "[::]:1",
                "[::1]:1",
                "[1::]:1",
                "[fe80::1:2]:1",
                "[2001:db8::1:0:0:1]:1",
                "[1:2:3:4:5:6:7:8]:1",
                "[0:1:2:3:4:5:6:7]:1",
                "[1:0:0:2::3]:1",
                "[fe80::1%1]:1",
                "[10::100]:1",
                "[1:2:3:4:5:6::]:1"
            })
    void writesAddressesAsPeopleDo(String text) throws Exception {
        HostPort parsed = HostPort.parse(text);
        assertEquals(text, HostPort.text(new InetSocketAddress(InetAddress.getByName(parsed.host()), parsed.port())));
    }
}
