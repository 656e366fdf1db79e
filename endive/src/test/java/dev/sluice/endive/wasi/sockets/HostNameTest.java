// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.sockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.SocketErrorException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names are passed to the resolver. */
class HostNameTest {
    @ParameterizedTest
    @CsvSource({
        "localhost, localhost",
        "a.b-c.example., a.b-c.example.",
        "_dns.example, _dns.example",
        "bücher.example, xn--bcher-kva.example",
        "1.example, 1.example"
    })
    void namesBecomeAscii(String text, String ascii) throws Exception {
        HostName name = HostName.of(text);
        assertEquals(ascii, name.ascii());
        assertNull(name.literal());
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 127.0.0.1", "::1, 0:0:0:0:0:0:0:1", "[2001:db8::1], 2001:db8:0:0:0:0:0:1"})
    void addressesAreParsedWithoutALookup(String text, String address) throws Exception {
        HostName name = HostName.of(text);
        assertNull(name.ascii());
        assertEquals(address, name.literal().getHostAddress());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "a..b",
                "a b",
                "a\nb",
                "256.0.0.1",
                "127.1",
                "2130706433",
                "0x7f000001",
                "1.2.3.4.5",
                "fe80::1%lo",
                "1::2::3",
                "[::1",
                "example.123",
                "a/b",
                "a:b"
            })
    void restIsAnInvalidArgument(String text) {
        SocketErrorException e = assertThrows(SocketErrorException.class, () -> HostName.of(text));
        assertEquals(ErrorCode.INVALID_ARGUMENT, e.errorCode());
    }
}
