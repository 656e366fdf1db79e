// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.udp.IpAddressFamily;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Port 0 becomes a definite one, though others may be faster in taking it (U2). */
class EphemeralPortTest {
    private static final InetSocketAddress ANY = new InetSocketAddress("127.0.0.1", 0);
    private static final BindException TAKEN = new BindException("Address already in use");

    private final ScriptedChannel channel = new ScriptedChannel();
    private final List<InetSocketAddress> tried = new ArrayList<>();

    private void bind(InetSocketAddress local) throws IOException {
        EphemeralPort.bind(channel, IpAddressFamily.IPV4, local);
    }

    /** The first attempts meet an error. */
    private void failing(int attempts, IOException error) {
        channel.binding = local -> {
            tried.add((InetSocketAddress) local);
            if (tried.size() <= attempts) {
                throw error;
            }
        };
    }

    @Test
    void U2_aDefinitePortIsTriedOnce() throws Exception {
        failing(0, TAKEN);
        InetSocketAddress definite = new InetSocketAddress("127.0.0.1", 7);
        bind(definite);
        assertEquals(List.of(definite), tried);
    }

    @Test
    void U2_aPortThatSomebodyElseTookMeanwhileIsReplaced() throws Exception {
        failing(31, TAKEN);
        bind(ANY);
        assertEquals(32, tried.size());
        tried.forEach(address -> assertNotEquals(0, address.getPort()));
        tried.forEach(address -> assertEquals(ANY.getAddress(), address.getAddress()));
    }

    @Test
    void U2_itGivesUpInTheEnd() {
        failing(100, TAKEN);
        assertSame(TAKEN, assertThrows(BindException.class, () -> bind(ANY)));
        assertEquals(32, tried.size());
    }

    @Test
    void U2_anotherErrorIsNoReasonToTryAgain() {
        BindException denied = new BindException("Permission denied");
        failing(1, denied);
        assertSame(denied, assertThrows(BindException.class, () -> bind(ANY)));
        assertEquals(1, tried.size());
    }
}
