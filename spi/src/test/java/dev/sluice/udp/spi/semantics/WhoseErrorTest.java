// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi.semantics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.Errno;
import dev.sluice.udp.spi.Operation;
import dev.sluice.udp.spi.SocketErrors;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether an error is that of the datagram that was tried, or of an earlier one (S8). */
class WhoseErrorTest extends Scripted {
    private static final List<OutgoingDatagram> ONE = List.of(datagram("one", PEER));

    private static SocketErrorException fails(DatagramStreams streams) {
        return assertThrows(SocketErrorException.class, () -> send(streams.outgoing(), ONE));
    }

    @ParameterizedTest
    @EnumSource(
            value = Errno.class,
            names = {"ECONNREFUSED", "ENOPROTOOPT", "EHOSTDOWN", "ENONET", "EOPNOTSUPP", "ECONNRESET", "ENETRESET"})
    void S8_whatOnlyAnAnswerCausesIsAnEarlierOnes(Errno errno) throws Exception {
        DatagramStreams streams = streams(PEER);
        transport.onSend(failing(errno));
        SocketErrorException error = fails(streams);
        assertTrue(error.concernsEarlierDatagram());
        assertEquals("send: " + errno + ", of an earlier datagram", error.getMessage());
        assertEquals(errno.number(), error.errno().getAsInt());
        assertEquals(errno.code(Operation.SEND), error.errorCode());
        assertEquals(1, send(streams.outgoing(), ONE));
    }

    @ParameterizedTest
    @EnumSource(
            value = Errno.class,
            names = {"EPERM", "EACCES", "EINVAL", "ENETDOWN", "ENOBUFS", "ENOMEM"})
    void S8_whatNoAnswerCausesIsTheSendsOwn(Errno errno) throws Exception {
        DatagramStreams streams = streams(PEER);
        assertEquals(1, send(streams.outgoing(), ONE));
        transport.onSend(failing(errno));
        assertFalse(fails(streams).concernsEarlierDatagram());
    }

    @ParameterizedTest
    @EnumSource(
            value = Errno.class,
            names = {"ENETUNREACH", "EHOSTUNREACH", "EMSGSIZE"})
    void S8_whatEitherCausesIsAnEarlierOnesWhereThereIsARoute(Errno errno) throws Exception {
        DatagramStreams streams = streams(PEER); // on loopback
        transport.onSend(failing(errno));
        assertFalse(fails(streams).concernsEarlierDatagram(), "there has been no earlier one");
        assertEquals(1, send(streams.outgoing(), ONE));
        transport.onSend(failing(errno));
        assertTrue(fails(streams).concernsEarlierDatagram());
    }

    @Test
    void S8_aLoopThatSendsAgainEnds() throws Exception {
        DatagramStreams streams = streams(PEER);
        assertEquals(3, send(streams.outgoing(), datagrams(3)));
        int again = 0;
        do {
            transport.onSend(failing(Errno.EHOSTUNREACH)); // as by a rule that asks for more than a route
            again++;
        } while (fails(streams).concernsEarlierDatagram());
        assertEquals(4, again, "three errors can be about three datagrams");
    }

    @Test
    void S8_withoutAPeerEveryErrorIsTheSendsOwn() throws Exception {
        DatagramStreams streams = streams(null);
        assertEquals(1, send(streams.outgoing(), ONE));
        for (Errno errno : List.of(Errno.EHOSTUNREACH, Errno.EMSGSIZE, Errno.ENETUNREACH)) {
            transport.onSend(failing(errno));
            assertFalse(fails(streams).concernsEarlierDatagram());
        }
    }

    @Test
    void S2_anErrorThatIsKeptIsAnEarlierOnesForTheNextSend() throws Exception {
        DatagramStreams streams = streams(PEER);
        transport.onSend(taking(1), failing(Errno.ENETUNREACH));
        assertEquals(1, send(streams.outgoing(), datagrams(2)));
        assertTrue(fails(streams).concernsEarlierDatagram(), "that send tries nothing");
        assertEquals(1, send(streams.outgoing(), ONE));
    }

    @Test
    void P2_anErrorThatAskingConsumesIsAnEarlierOnes() throws Exception {
        DatagramStreams streams = streams(PEER);
        transport.onReadiness(failing(Errno.EHOSTUNREACH));
        assertTrue(streams.incoming().subscribe().ready());
        assertTrue(fails(streams).concernsEarlierDatagram());
    }

    @Test
    void R2_anErrorOfReceiveIsAnEarlierOnes() throws Exception {
        DatagramStreams streams = streams(PEER);
        transport.arrive(SocketErrors.of(Operation.RECEIVE, Errno.EHOSTUNREACH, null));
        SocketErrorException error = assertCode(
                ErrorCode.REMOTE_UNREACHABLE, () -> streams.incoming().receive(1));
        assertTrue(error.concernsEarlierDatagram());
    }
}
