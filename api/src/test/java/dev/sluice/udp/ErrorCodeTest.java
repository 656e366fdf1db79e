// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The enumeration {@code error-code} of {@code wasi:sockets/network}. */
class ErrorCodeTest {
    /** In the WIT's own order and spelling. */
    private static final List<String> WIT = List.of(
            "unknown",
            "access-denied",
            "not-supported",
            "invalid-argument",
            "out-of-memory",
            "timeout",
            "concurrency-conflict",
            "not-in-progress",
            "would-block",
            "invalid-state",
            "new-socket-limit",
            "address-not-bindable",
            "address-in-use",
            "remote-unreachable",
            "connection-refused",
            "connection-reset",
            "connection-aborted",
            "datagram-too-large",
            "name-unresolvable",
            "temporary-resolver-failure",
            "permanent-resolver-failure");

    @Test
    void allCodesOfTheWitInItsOrder() {
        assertEquals(21, ErrorCode.values().length);
        for (int number = 0; number < WIT.size(); number++) {
            ErrorCode code = ErrorCode.values()[number];
            assertEquals(WIT.get(number), code.witName());
            assertEquals(number, code.number());
            String javaName = WIT.get(number).replace('-', '_').toUpperCase(Locale.ROOT);
            assertSame(ErrorCode.valueOf(javaName), code);
        }
    }
}
