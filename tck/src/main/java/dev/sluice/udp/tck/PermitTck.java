// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.SendNotPermittedException;
import dev.sluice.udp.UdpSocket;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

/** How many datagrams a send may carry: the permit that {@code checkSend} grants, and what spends it (S4, S5). */
@EnumSource(IpAddressFamily.class)
public abstract class PermitTck extends RuleTest {

    /** For subclasses. */
    protected PermitTck() {}

    @Test
    final void S4_anEmptyListNeedsNoPermit() throws Exception {
        OutgoingDatagramStream out = streams().outgoing();
        assertEquals(0, out.send(List.of()));
        assertEquals(0, out.send(new DatagramBatch(1, 1), 0, 0));
    }

    @Test
    final void S4_anEmptyListSpendsNoPermit() throws Exception {
        Peer peer = peer();
        OutgoingDatagramStream out = streamsTo(peer.address()).outgoing();
        out.checkSend();
        assertEquals(0, out.send(List.of()));
        assertEquals(0, out.send(batchToPeer("x"), 1, 1));
        assertEquals(1, out.send(List.of(toPeer("permitted"))));
        assertEquals(List.of("permitted"), peer.texts());
    }

    @Test
    final void S5_sendWithoutPermitTraps() throws Exception {
        Peer peer = peer();
        OutgoingDatagramStream out = streamsTo(peer.address()).outgoing();
        SendNotPermittedException trap =
                assertThrows(SendNotPermittedException.class, () -> out.send(List.of(toPeer("no permit"))));
        assertEquals(0, trap.permitted());
        assertEquals(1, trap.attempted());
        assertThrows(SendNotPermittedException.class, () -> out.send(batchToPeer("no permit"), 0, 1));
        assertEquals(List.of(), peer.texts());
    }

    @Test
    final void S5_sendBeyondThePermitTrapsAndSpendsIt() throws Exception {
        Peer peer = peer();
        OutgoingDatagramStream out = streamsTo(peer.address()).outgoing();
        int permitted = out.checkSend();
        List<OutgoingDatagram> tooMany = Collections.nCopies(permitted + 1, toPeer("too many"));
        SendNotPermittedException trap = assertThrows(SendNotPermittedException.class, () -> out.send(tooMany));
        assertEquals(permitted, trap.permitted());
        assertEquals(permitted + 1, trap.attempted());
        assertThrows(SendNotPermittedException.class, () -> out.send(List.of(toPeer("spent"))));
        assertEquals(List.of(), peer.texts());
    }

    @Test
    final void S5_anySendSpendsThePermit() throws Exception {
        Peer peer = peer();
        OutgoingDatagramStream out = streamsTo(peer.address()).outgoing();
        assertEquals(1, send(out, toPeer("one")));
        assertThrows(SendNotPermittedException.class, () -> out.send(List.of(toPeer("second without permit"))));
        out.checkSend();
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> out.send(List.of(datagram("bad", loopback(0)))));
        assertThrows(SendNotPermittedException.class, () -> out.send(List.of(toPeer("after an error"))));
        assertEquals(List.of("one"), peer.texts());
    }

    @Test
    final void S5_aPermitIsOfOneStreamOnly() throws Exception {
        Peer peer = peer();
        UdpSocket socket = bound();
        socket.stream(peer.address()).outgoing().checkSend();
        OutgoingDatagramStream out = socket.stream(peer.address()).outgoing();
        assertThrows(SendNotPermittedException.class, () -> out.send(List.of(toPeer("another stream's permit"))));
        assertEquals(List.of(), peer.texts());
    }
}
