// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.SocketStatistics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

/** The ledger where the buffer is full (K1). */
@EnumSource(IpAddressFamily.class)
public abstract class FullLedgerTck extends FilledBuffer {
    private static final int MANY = 400;

    /** For subclasses. */
    protected FullLedgerTck() {}

    @Test
    final void K1_C4_whatTheBufferDoesNotTakeIsLeftToTheCaller() throws Exception {
        OutgoingDatagramStream out = holding(true);
        List<OutgoingDatagram> list = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            list.add(next(true));
        }
        out.checkSend();
        int sent = out.send(list);
        SocketStatistics ledger = socket.statistics();
        assertEquals(sent, ledger.datagramsSent());
        assertEquals(MANY - sent, ledger.leftToCaller());
        assertEquals(MANY, ledger.datagramsGiven());
        assertEquals(0, out.sendAll(list, Duration.ZERO), "the gate is closed: nothing is given to send");
        assertEquals(false, out.trySend(list.get(0)));
        assertEquals(MANY, socket.statistics().datagramsGiven());
        network.release();
    }
}
