// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.SocketErrorException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The moment in which a port that the kernel chose is free again (U2). */
class EphemeralPortTest {
    private static final InetSocketAddress ANY = new InetSocketAddress("127.0.0.1", 0);

    /** A kernel that chooses 1001, 1002 and so on, and whose first chosen ports are taken when asked for. */
    private static final class Ports implements EphemeralPort.Bindable {
        final List<String> calls = new ArrayList<>();
        int taken;
        Errno answer = Errno.EADDRINUSE;
        private int chosen = 1000;
        private int port;

        @Override
        public void bind(InetSocketAddress local) throws SocketErrorException {
            calls.add("bind " + local.getPort());
            if (local.getPort() != 0 && taken > 0) {
                taken--;
                throw SocketErrors.of(Operation.BIND, answer, null);
            }
            port = local.getPort() != 0 ? local.getPort() : ++chosen;
        }

        @Override
        public void disconnect() {
            calls.add("disconnect");
        }

        @Override
        public InetSocketAddress localAddress() {
            return new InetSocketAddress("127.0.0.1", port);
        }
    }

    private final Ports ports = new Ports();

    @Test
    void U2_aDefinitePortIsBoundOnce() throws Exception {
        InetSocketAddress definite = new InetSocketAddress("127.0.0.1", 7);
        assertEquals(definite, EphemeralPort.bind(ports, definite));
        assertEquals(List.of("bind 7"), ports.calls);
    }

    @Test
    void U2_aChosenPortIsMadeOurs() throws Exception {
        assertEquals(new InetSocketAddress("127.0.0.1", 1001), EphemeralPort.bind(ports, ANY));
        assertEquals(List.of("bind 0", "disconnect", "bind 1001"), ports.calls);
    }

    @Test
    void U2_aPortThatWasTakenMeanwhileIsReplaced() throws Exception {
        ports.taken = 15;
        assertEquals(1016, EphemeralPort.bind(ports, ANY).getPort());
    }

    @Test
    void U2_itGivesUpInTheEnd() {
        ports.taken = 100;
        SocketErrorException error = assertThrows(SocketErrorException.class, () -> EphemeralPort.bind(ports, ANY));
        assertEquals(ErrorCode.ADDRESS_IN_USE, error.errorCode());
        assertEquals(3 * EphemeralPort.MOST_ATTEMPTS, ports.calls.size());
    }

    @Test
    void U2_anotherErrorIsNoReasonToTryAgain() {
        ports.taken = 1;
        ports.answer = Errno.EACCES;
        SocketErrorException error = assertThrows(SocketErrorException.class, () -> EphemeralPort.bind(ports, ANY));
        assertEquals(ErrorCode.ACCESS_DENIED, error.errorCode());
    }
}
