// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.SendNotPermittedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

/** The gate and the permit (C1 to C4) where the buffer hardly ever fills; {@link FullBufferTck} fills it. */
@EnumSource(IpAddressFamily.class)
public abstract class CheckSendTck extends RuleTest {

    /** For subclasses. */
    protected CheckSendTck() {}

    @Test
    final void C1_answersOneTo1024WhileOpen() throws Exception {
        OutgoingDatagramStream out = streams().outgoing();
        for (int i = 0; i < 1000; i++) {
            int permitted = out.checkSend();
            assertTrue(permitted >= 1 && permitted <= OutgoingDatagramStream.MAX_PERMIT, "permitted " + permitted);
        }
    }

    @Test
    final void C2_subscribeIsAlwaysTheSameObject() throws Exception {
        OutgoingDatagramStream out = streams().outgoing();
        assertSame(out.subscribe(), out.subscribe());
    }

    @Test
    final void C2_pollableAndPermitAgree() throws Exception {
        Peer peer = peer();
        OutgoingDatagramStream out = streamsTo(peer.address()).outgoing();
        OutgoingDatagram large = new OutgoingDatagram(bytes("x".repeat(8_000)));
        assertTrue(out.subscribe().ready());
        for (int i = 0; i < 2_000; i++) {
            boolean ready = out.subscribe().ready();
            int permitted = out.checkSend();
            assertTrue(permitted > 0 || !ready, "ready, but nothing permitted");
            if (permitted == 0) {
                await(out.subscribe());
            } else {
                out.send(List.of(large));
            }
        }
    }

    @Test
    final void C3_freshSocketIsWritable() throws Exception {
        assertTrue(streams().outgoing().checkSend() > 0);
        assertTrue(streamsTo(peer().address()).outgoing().checkSend() > 0);
    }

    @Test
    final void C3_laterStreamsOfASocketAreWritable() throws Exception {
        var socket = bound();
        assertTrue(socket.stream(null).outgoing().checkSend() > 0);
        assertTrue(socket.stream(peer().address()).outgoing().checkSend() > 0);
        assertTrue(socket.stream(null).outgoing().checkSend() > 0);
    }

    @Test
    final void C3_permitsAreNotAddedUp() throws Exception {
        Peer peer = peer();
        OutgoingDatagramStream out = streamsTo(peer.address()).outgoing();
        out.checkSend();
        int permitted = out.checkSend();
        List<OutgoingDatagram> tooMany = Collections.nCopies(permitted + 1, new OutgoingDatagram(bytes("added up")));
        assertThrows(SendNotPermittedException.class, () -> out.send(tooMany));
        assertEquals(List.of(), peer.texts());
    }

    @Test
    final void C3_permitIsNotLeftOverFromAnEarlierOne() throws Exception {
        Peer peer = peer();
        OutgoingDatagramStream out = streamsTo(peer.address()).outgoing();
        out.checkSend();
        out.checkSend();
        assertEquals(1, out.send(List.of(new OutgoingDatagram(bytes("permitted")))));
        assertThrows(SendNotPermittedException.class, () -> out.send(List.of(new OutgoingDatagram(bytes("not")))));
        assertEquals(List.of("permitted"), peer.texts());
    }

    @Test
    final void C4_theGateOpensAgainUntilEverythingIsSent() throws Exception {
        Peer peer = peer();
        var socket = bound();
        socket.setSendBufferSize(1); // the kernel's minimum
        OutgoingDatagramStream out = socket.stream(peer.address()).outgoing();
        List<String> texts = new ArrayList<>();
        List<OutgoingDatagram> datagrams = new ArrayList<>();
        for (int i = 0; i < 120; i++) { // fits any receive buffer
            texts.add(i + "x".repeat(1_000));
            datagrams.add(new OutgoingDatagram(bytes(texts.get(i))));
        }
        sendAll(out, datagrams);
        assertEquals(texts, peer.texts());
    }
}
