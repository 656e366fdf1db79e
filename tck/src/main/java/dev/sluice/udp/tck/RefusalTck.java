// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

/** One datagram of several is refused (ICMP port unreachable), and the others are not (S2, S8). */
@EnumSource(IpAddressFamily.class)
public abstract class RefusalTck extends ControlledTck {
    /** Smaller than what follows it: a firewall sees a segmented send whole. */
    private static final int REFUSED = 3;

    /** For subclasses. */
    protected RefusalTck() {}

    private interface Send {
        int send(OutgoingDatagramStream out, List<OutgoingDatagram> rest) throws Exception;
    }

    /**
     * The error may arrive before the second datagram is sent, or after the last: it is reported exactly once, and what was
     * counted arrives. A sendmmsg(2) that meets it behind its first datagram returns a count, and the kernel forgets the
     * error.
     */
    private void assertReportedOnce(Send way) throws Exception {
        networkControl().refuse(REFUSED);
        Peer peer = peer();
        UdpSocket socket = bound();
        DatagramStreams streams = socket.stream(peer.address());
        List<String> expected = new ArrayList<>();
        for (int round = 0; round < 20; round++) {
            List<OutgoingDatagram> rest = new ArrayList<>(List.of(toPeer("r".repeat(REFUSED))));
            for (int i = 0; i < 5; i++) {
                expected.add("round " + round + " " + i);
                rest.add(toPeer(expected.get(expected.size() - 1)));
            }
            int errors = 0;
            while (!rest.isEmpty() || errors == 0) {
                try {
                    if (rest.isEmpty()) {
                        awaitPendingError(streams.incoming());
                        assertEquals(List.of(), streams.incoming().receive(1));
                    } else {
                        assertTrue(streams.outgoing().checkSend() > 0);
                        rest = rest.subList(way.send(streams.outgoing(), rest), rest.size());
                    }
                } catch (SocketErrorException e) {
                    assertEquals(ErrorCode.CONNECTION_REFUSED, e.errorCode(), e::toString);
                    errors++;
                }
            }
            assertEquals(1, errors);
            assertEquals(List.of(), streams.incoming().receive(1), "once");
        }
        assertEquals(expected, peer.texts());
    }

    @Test
    final void S2_S8_anErrorInTheMiddleOfAListIsReportedOnce() throws Exception {
        assertReportedOnce((out, rest) -> out.send(rest));
    }

    @Test
    final void S2_S8_anErrorInTheMiddleOfABatchIsReportedOnce() throws Exception {
        assertReportedOnce((out, rest) -> {
            DatagramBatch batch = new DatagramBatch(rest.size(), 1_000);
            rest.forEach(datagram -> batch.add(null, datagram.data()));
            return out.send(batch, 0, batch.size());
        });
    }
}
