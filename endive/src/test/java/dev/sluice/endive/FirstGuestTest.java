// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.udp.Network;
import dev.sluice.udp.UdpSockets;
import java.io.InputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The smallest guest, which sends itself a datagram. */
class FirstGuestTest {
    @ParameterizedTest
    @CsvSource({"nio, false", "nio, true", "epoll, false", "epoll, true"})
    void sendsItselfADatagram(String provider, boolean interpreted) throws Exception {
        try (InputStream file = getClass().getResourceAsStream("note-to-self.wasm")) {
            WasiCommand command = WasiCommand.load(file.readAllBytes());
            WasiHost host = WasiHost.builder(UdpSockets.provider(provider))
                    .network(Network.unrestricted())
                    .build();
            assertEquals(0, (interpreted ? command.interpreted() : command).run(host));
        }
    }
}
