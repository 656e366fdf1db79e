// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SocketErrorExceptionTest {

    @Test
    void ownErrorHasAStackTraceThatBeginsWhereItWasMade() {
        SocketErrorException error = new SocketErrorException(ErrorCode.INVALID_STATE, "not bound");
        assertEquals(getClass().getName(), error.getStackTrace()[0].getClassName());
        assertSame(ErrorCode.INVALID_STATE, error.errorCode());
        assertEquals(OptionalInt.empty(), error.errno());
    }

    @Test
    void errorOfTrafficHasOneFrameAndNoStackTrace() {
        IOException cause = new IOException("Connection refused");
        SocketErrorException error =
                new SocketErrorException(ErrorCode.CONNECTION_REFUSED, "send: ECONNREFUSED", 111, cause, false);
        assertEquals(1, error.getStackTrace().length);
        assertTrue(error.getStackTrace()[0].toString().contains("no stack trace"));
        assertEquals(1, error.fillInStackTrace().getStackTrace().length);
        assertSame(cause, error.getCause());
        assertEquals(OptionalInt.of(111), error.errno());
        assertEquals(
                SocketErrorException.class.getName() + ": connection-refused: send: ECONNREFUSED", error.toString());
    }

    @Test
    void S8_itSaysWhoseErrorItIs() {
        assertFalse(new SocketErrorException(ErrorCode.UNKNOWN, "own").concernsEarlierDatagram());
        assertFalse(new SocketErrorException(ErrorCode.UNKNOWN, "own", 0, null, false).concernsEarlierDatagram());
        assertTrue(
                new SocketErrorException(ErrorCode.UNKNOWN, "other", 0, null, false, true).concernsEarlierDatagram());
    }

    @Test
    void stackTraceWhereItIsAskedFor() {
        SocketErrorException error = new SocketErrorException(ErrorCode.UNKNOWN, "bind", 0, null, true);
        assertEquals(getClass().getName(), error.getStackTrace()[0].getClassName());
        assertEquals(OptionalInt.empty(), error.errno());
    }

    @Test
    void errorOfTrafficCanBeSuppressedAndCanSuppress() {
        SocketErrorException error = new SocketErrorException(ErrorCode.UNKNOWN, "send", 0, null, false);
        error.addSuppressed(new IOException("later"));
        assertEquals(1, error.getSuppressed().length);
    }

    @Test
    void needsACode() {
        assertThrows(NullPointerException.class, () -> new SocketErrorException(null, "what?"));
    }

    @Test
    void survivesSerialization() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new SocketErrorException(ErrorCode.DATAGRAM_TOO_LARGE, "send: EMSGSIZE", 90, null, false));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            SocketErrorException error = (SocketErrorException) in.readObject();
            assertSame(ErrorCode.DATAGRAM_TOO_LARGE, error.errorCode());
            assertEquals(OptionalInt.of(90), error.errno());
        }
    }

    @Test
    void S5_refusedSendSaysWhatWasPermittedAndAttempted() {
        SendNotPermittedException without = new SendNotPermittedException(0, 3);
        assertEquals(0, without.permitted());
        assertEquals(3, without.attempted());
        assertEquals("send of 3 datagram(s) without a permit: call checkSend before each send", without.getMessage());
        SendNotPermittedException tooMany = new SendNotPermittedException(2, 3);
        assertEquals(2, tooMany.permitted());
        assertEquals("send of 3 datagrams, but checkSend permitted 2", tooMany.getMessage());
    }
}
