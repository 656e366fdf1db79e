// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.Network;
import dev.sluice.udp.UdpSockets;
import java.io.InputStream;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names, as a guest resolves them. */
class NameLookupTest {
    private static int lookup(String name, Predicate<String> resolvable) throws Exception {
        try (InputStream file = NameLookupTest.class.getResourceAsStream("lookup.wasm")) {
            return WasiCommand.load(file.readAllBytes())
                    .run(WasiHost.builder(UdpSockets.provider("nio"))
                            .resolvableNames(resolvable)
                            .arguments(List.of(name))
                            .build());
        }
    }

    private static int failed(ErrorCode code) {
        return 100 + code.number();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "127.1.2.3", "::1", "[::1]"})
    void whatIsOfThisMachine(String name) throws Exception {
        assertEquals(0, lookup(name, any -> true));
    }

    @Test
    void N1_namesNeedARightOfTheirOwn() throws Exception {
        assertEquals(failed(ErrorCode.ACCESS_DENIED), lookup("localhost", "localhost."::equals));
        assertEquals(0, lookup("127.0.0.1", none -> false), "a numeric address needs no lookup");
    }

    @Test
    void N1_withoutPermissionNoNameIsResolved() throws Exception {
        try (InputStream file = NameLookupTest.class.getResourceAsStream("lookup.wasm")) {
            WasiHost host = WasiHost.builder(UdpSockets.provider("nio"))
                    .network(Network.unrestricted())
                    .arguments(List.of("localhost"))
                    .build();
            assertEquals(
                    failed(ErrorCode.ACCESS_DENIED),
                    WasiCommand.load(file.readAllBytes()).run(host));
        }
    }

    @Test
    void whatIsNoName() throws Exception {
        assertEquals(failed(ErrorCode.INVALID_ARGUMENT), lookup("no name", any -> true));
        assertEquals(failed(ErrorCode.INVALID_ARGUMENT), lookup("127.1", any -> true));
    }
}
