// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.netlab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.SocketErrorException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** No route, and routes that refuse: unreachable, prohibit, blackhole. */
class UnreachableTest {
    private static final int PORT = 7001;

    @EverySetting
    void E7_noRouteIsRemoteUnreachable(String provider, Family family) throws Exception {
        assertCode(provider, family, null, ErrorCode.REMOTE_UNREACHABLE);
    }

    @EverySetting
    void E7_anUnreachableRouteIsRemoteUnreachable(String provider, Family family) throws Exception {
        assertCode(provider, family, "unreachable", ErrorCode.REMOTE_UNREACHABLE);
    }

    @EverySetting
    void E9_aProhibitingRouteIsAccessDenied(String provider, Family family) throws Exception {
        assertCode(provider, family, "prohibit", ErrorCode.ACCESS_DENIED);
    }

    @EverySetting
    void E9_aBlackHoleIsInvalidArgument(String provider, Family family) throws Exception {
        assertCode(provider, family, "blackhole", ErrorCode.INVALID_ARGUMENT);
    }

    private static void assertCode(String provider, Family family, String route, ErrorCode code) throws IOException {
        try (Lab lab = Lab.open(family);
                Sender sender = new Sender(provider, family, null)) {
            lab.peer.open(PORT);
            if (route != null) {
                lab.ipOfFamily("route add " + route + " " + lab.elsewhereNetwork());
            }
            List<OutgoingDatagram> good = Payloads.list(3, 100, 1, lab.peer(PORT));
            OutgoingDatagram bad = new OutgoingDatagram(ByteBuffer.allocate(100), lab.elsewhere(PORT));
            List<OutgoingDatagram> mixed = new ArrayList<>(good.subList(0, 2));
            mixed.add(bad);
            mixed.add(good.get(2));

            assertEquals(2, sender.send(mixed), "S2: what went is counted");
            assertEquals(code, sender.sendFails(mixed.subList(2, 4)).errorCode(), "S3: then its own error");
            assertEquals(1, sender.send(mixed.subList(3, 4)), "and the stream goes on");
            assertEquals(Payloads.expected(good), lab.peer.await(PORT, 3));

            SocketErrorException refused =
                    assertThrows(SocketErrorException.class, () -> sender.stream(lab.elsewhere(PORT)));
            assertEquals(code, refused.errorCode(), "U3: the kernel refuses the peer");
            sender.stream(lab.peer(PORT));
            assertEquals(3, sender.send(Payloads.list(3, 100, 4, null)));
            assertEquals(6, lab.peer.await(PORT, 6).datagrams());
        }
    }
}
