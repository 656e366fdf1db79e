// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.Errno;
import dev.sluice.udp.spi.Operation;
import java.io.IOException;
import java.net.BindException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Finding the errno behind a class and a text (E9); that the JDK throws these is {@link ErrorsTest}'s. */
class NioErrorsTest {
    private static void assertCode(ErrorCode code, int errno, Operation operation, IOException cause) {
        SocketErrorException error = NioErrors.of(operation, cause);
        assertEquals(code, error.errorCode());
        assertEquals(errno, error.errno().orElse(0));
        assertSame(cause, error.getCause());
    }

    @Test
    void E7_E8_theClassSaysIt() {
        assertCode(ErrorCode.CONNECTION_REFUSED, 111, Operation.SEND, new PortUnreachableException());
        assertCode(ErrorCode.REMOTE_UNREACHABLE, 113, Operation.SEND, new NoRouteToHostException());
    }

    @Test
    void E9_theTextSaysIt() {
        assertCode(ErrorCode.DATAGRAM_TOO_LARGE, 90, Operation.SEND, new IOException("Message too long"));
        assertCode(ErrorCode.DATAGRAM_TOO_LARGE, 90, Operation.SEND, new SocketException("Message too large"));
        assertCode(ErrorCode.ADDRESS_IN_USE, 98, Operation.BIND, new BindException("Address already in use"));
    }

    @Test
    void E9_aFunctionMayStandBeforeOrBehindTheText() {
        for (String text : new String[] {
            "sendmsg: Message too long",
            "a: b: Message too long",
            ": Message too long",
            "Message too long: x",
            "Message too long (setsockopt failed)"
        }) {
            assertCode(ErrorCode.DATAGRAM_TOO_LARGE, 90, Operation.SEND, new IOException(text));
        }
    }

    @Test
    void E9_whatIsNotKnownStaysUnknown() {
        for (String text : new String[] {null, "", "Message", "x: ", ": x", "a colon: in the middle"}) {
            assertCode(ErrorCode.UNKNOWN, 0, Operation.SEND, new IOException(text));
        }
        assertCode(ErrorCode.UNKNOWN, 0, Operation.BIND, new BindException("a text that nobody knows"));
    }

    @Test
    void E9_aBoundSocketMeetsBindExceptionOnlyForAccess() {
        for (Operation operation : EnumSet.complementOf(EnumSet.of(Operation.BIND))) {
            assertCode(ErrorCode.ACCESS_DENIED, 13, operation, new BindException("a text that nobody knows"));
        }
        assertCode(ErrorCode.ADDRESS_IN_USE, 98, Operation.CONNECT, new BindException("Address already in use"));
    }

    @Test
    void U1_aMissingFamilyIsNotSupported() {
        SocketErrorException error = NioErrors.familyMissing(new UnsupportedOperationException());
        assertEquals(ErrorCode.NOT_SUPPORTED, error.errorCode());
        assertEquals(97, error.errno().orElse(0));
    }

    @Test
    void E9_whatIsNoSystemErrorIsKept() {
        SocketErrorException known = NioErrors.of(Operation.SEND, new PortUnreachableException());
        assertSame(known, NioErrors.of(Operation.RECEIVE, known));
        assertCode(ErrorCode.INVALID_STATE, 0, Operation.SEND, new ClosedChannelException());
    }

    @Test
    void E9_textsAreLearntByMeetingTheErrors() throws Exception {
        Map<String, Errno> learnt = LearntTexts.learn();
        Set<Errno> met = EnumSet.of(
                Errno.EADDRINUSE, Errno.EMSGSIZE, Errno.EADDRNOTAVAIL, Errno.EACCES, Errno.EINVAL, Errno.ENETUNREACH);
        assertTrue(learnt.values().containsAll(met), learnt::toString);
        for (String text : learnt.keySet()) {
            assertEquals(learnt.get(text), LearntTexts.errno(text));
        }
        assertNull(LearntTexts.errno("a text that nobody knows"));
    }

    @Test
    void E9_translationsAreBelievedOnlyIfTheyAgreeWithWhatWasMet() {
        Map<String, String> catalogue = Map.of(
                "Message too long",
                "Zu lang",
                "No route to host",
                "Kein Weg",
                "Host is down",
                "Vergeben",
                "other",
                "x");
        Map<String, Errno> texts = new HashMap<>(Map.of("Zu lang", Errno.EMSGSIZE, "Vergeben", Errno.EADDRINUSE));
        LearntTexts.addTranslations(texts, catalogue);
        Map<String, Errno> expected =
                Map.of("Zu lang", Errno.EMSGSIZE, "Vergeben", Errno.EADDRINUSE, "Kein Weg", Errno.EHOSTUNREACH);
        assertEquals(expected, texts); // what was met itself is surer than a translation

        Map<String, Errno> english = new HashMap<>(Map.of("Message too long", Errno.EMSGSIZE));
        LearntTexts.addTranslations(english, catalogue);
        assertEquals(Map.of("Message too long", Errno.EMSGSIZE), english);
    }
}
