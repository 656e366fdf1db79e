// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.netlab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.SocketErrorException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A peer that closes and comes back; a link that goes down and returns. */
class PeerGoesTest {
    private static final int PORT = 7003;

    @EverySetting
    void S8_aClosedPeerIsReportedOnceForEachAnswer(String provider, Family family) throws Exception {
        try (Lab lab = Lab.open(family);
                Sender sender = new Sender(provider, family, lab.peer(PORT))) {
            List<OutgoingDatagram> one = Payloads.list(1, 50, 1, null);
            assertEquals(1, sender.send(one), "no process listens, but no ICMP message has come yet");
            awaitPendingError(sender);
            assertEquals(ErrorCode.CONNECTION_REFUSED, sender.sendFails(one).errorCode());

            lab.peer.open(PORT);
            sender.counted.clear(); // what was sent before was refused
            List<OutgoingDatagram> list = Payloads.list(200, 50, 2, null);
            assertEquals(200, sender.send(list), "S8: the failed one was not transmitted, so nothing is pending");
            assertEquals(Payloads.expected(list), lab.peer.await(PORT, 200));

            lab.peer.close(PORT);
            assertEquals(1, sender.send(one));
            awaitPendingError(sender);
            SocketErrorException refused = receiveFails(sender);
            assertEquals(ErrorCode.CONNECTION_REFUSED, refused.errorCode(), "S8: or by a receive");
            lab.peer.open(PORT);
            assertEquals(200, sender.send(list));
            assertEquals(Payloads.expected(list), lab.peer.await(PORT, 200));
        }
    }

    @EverySetting
    void E7_aLinkThatIsDownIsRemoteUnreachable(String provider, Family family) throws Exception {
        try (Lab lab = Lab.open(family);
                Sender sender = new Sender(provider, family, null)) {
            lab.peer.open(PORT);
            List<OutgoingDatagram> list = Payloads.list(5, 300, 1, lab.peer(PORT));
            assertEquals(5, sender.send(list));
            Lab.ip("link set here down");
            assertEquals(ErrorCode.REMOTE_UNREACHABLE, sender.sendFails(list).errorCode());
            Lab.ip("link set here up");
            sendOnceTheLinkIsUp(sender, list);
            assertEquals(Payloads.expected(sender.counted), lab.peer.await(PORT, 10));
        }
    }

    /** Waits until the ICMP answer is there. */
    private static void awaitPendingError(Sender sender) throws InterruptedException {
        assertTrue(sender.streams.incoming().subscribe().block(Duration.ofSeconds(60)), "P2: an error is ready");
    }

    private static SocketErrorException receiveFails(Sender sender) throws IOException {
        try {
            sender.streams.incoming().receive(1);
            throw new AssertionError("receive told no error");
        } catch (SocketErrorException e) {
            return e;
        }
    }

    /** The route is back when the kernel's link watch has run; until then the error is the same. */
    private static void sendOnceTheLinkIsUp(Sender sender, List<OutgoingDatagram> list) throws Exception {
        for (int attempt = 0; attempt < 1000; attempt++) {
            try {
                assertEquals(list.size(), sender.send(list));
                return;
            } catch (SocketErrorException e) {
                assertEquals(ErrorCode.REMOTE_UNREACHABLE, e.errorCode());
                sender.streams.incoming().subscribe().block(Duration.ofMillis(10));
            }
        }
        throw new AssertionError("the link did not come back");
    }
}
