// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi.semantics;

import static dev.sluice.udp.ErrorCode.ACCESS_DENIED;
import static dev.sluice.udp.ErrorCode.ADDRESS_IN_USE;
import static dev.sluice.udp.ErrorCode.ADDRESS_NOT_BINDABLE;
import static dev.sluice.udp.ErrorCode.CONNECTION_REFUSED;
import static dev.sluice.udp.ErrorCode.DATAGRAM_TOO_LARGE;
import static dev.sluice.udp.ErrorCode.INVALID_ARGUMENT;
import static dev.sluice.udp.ErrorCode.NEW_SOCKET_LIMIT;
import static dev.sluice.udp.ErrorCode.NOT_SUPPORTED;
import static dev.sluice.udp.ErrorCode.OUT_OF_MEMORY;
import static dev.sluice.udp.ErrorCode.REMOTE_UNREACHABLE;
import static dev.sluice.udp.ErrorCode.UNKNOWN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.Errno;
import dev.sluice.udp.spi.Operation;
import dev.sluice.udp.spi.SocketErrors;
import java.io.IOException;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole table of errno and error code, for each operation (E6 to E9). */
class ErrorTableTest {

    /** Number on Linux (asm-generic), name, and the code of a send. */
    static Stream<Arguments> table() {
        return Stream.of(
                arguments(1, "EPERM", ACCESS_DENIED),
                arguments(5, "EIO", UNKNOWN),
                arguments(12, "ENOMEM", OUT_OF_MEMORY),
                arguments(13, "EACCES", ACCESS_DENIED),
                arguments(19, "ENODEV", INVALID_ARGUMENT),
                arguments(22, "EINVAL", INVALID_ARGUMENT),
                arguments(23, "ENFILE", NEW_SOCKET_LIMIT),
                arguments(24, "EMFILE", NEW_SOCKET_LIMIT),
                arguments(64, "ENONET", REMOTE_UNREACHABLE),
                arguments(89, "EDESTADDRREQ", INVALID_ARGUMENT),
                arguments(90, "EMSGSIZE", DATAGRAM_TOO_LARGE),
                arguments(92, "ENOPROTOOPT", NOT_SUPPORTED),
                arguments(93, "EPROTONOSUPPORT", NOT_SUPPORTED),
                arguments(95, "EOPNOTSUPP", NOT_SUPPORTED),
                arguments(96, "EPFNOSUPPORT", NOT_SUPPORTED),
                arguments(97, "EAFNOSUPPORT", INVALID_ARGUMENT),
                arguments(98, "EADDRINUSE", ADDRESS_IN_USE),
                arguments(99, "EADDRNOTAVAIL", INVALID_ARGUMENT),
                arguments(100, "ENETDOWN", REMOTE_UNREACHABLE),
                arguments(101, "ENETUNREACH", REMOTE_UNREACHABLE),
                arguments(102, "ENETRESET", REMOTE_UNREACHABLE),
                arguments(104, "ECONNRESET", REMOTE_UNREACHABLE),
                arguments(105, "ENOBUFS", OUT_OF_MEMORY),
                arguments(106, "EISCONN", INVALID_ARGUMENT),
                arguments(107, "ENOTCONN", INVALID_ARGUMENT),
                arguments(111, "ECONNREFUSED", CONNECTION_REFUSED),
                arguments(112, "EHOSTDOWN", REMOTE_UNREACHABLE),
                arguments(113, "EHOSTUNREACH", REMOTE_UNREACHABLE));
    }

    @ParameterizedTest
    @MethodSource("table")
    void E6_E7_E8_E9_ofASend(int number, String name, ErrorCode code) {
        Errno errno = Errno.valueOf(name);
        assertEquals(number, errno.number());
        assertEquals(code, errno.code(Operation.SEND));
        IOException cause = new IOException("as the system says it");
        for (SocketErrorException error : Set.of(
                SocketErrors.of(Operation.SEND, errno, cause), SocketErrors.ofLinux(Operation.SEND, number, cause))) {
            assertEquals(code, error.errorCode());
            assertEquals(OptionalInt.of(number), error.errno());
            assertSame(cause, error.getCause());
            assertTrue(error.getMessage().contains(name), error::getMessage);
            assertEquals(1, error.getStackTrace().length);
        }
    }

    @Test
    void E9_theTableIsWhole() {
        assertEquals(Errno.values().length, table().count());
    }

    @ParameterizedTest
    @EnumSource(Operation.class)
    void E9_whatDependsOnTheOperation(Operation operation) {
        ErrorCode family = operation == Operation.CREATE ? NOT_SUPPORTED : INVALID_ARGUMENT;
        assertEquals(family, Errno.EAFNOSUPPORT.code(operation));
        ErrorCode address =
                switch (operation) {
                    case SEND -> INVALID_ARGUMENT;
                    case CONNECT -> ADDRESS_IN_USE; // no ephemeral port is left
                    default -> ADDRESS_NOT_BINDABLE;
                };
        assertEquals(address, Errno.EADDRNOTAVAIL.code(operation));
        ErrorCode noInterface = operation == Operation.SEND ? INVALID_ARGUMENT : UNKNOWN;
        assertEquals(noInterface, Errno.ENODEV.code(operation));
        for (Errno errno : Errno.values()) {
            if (errno != Errno.EAFNOSUPPORT && errno != Errno.EADDRNOTAVAIL && errno != Errno.ENODEV) {
                assertEquals(errno.code(Operation.SEND), errno.code(operation), errno.name());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Operation.class)
    void E9_nothingIsGuessed(Operation operation) {
        SocketErrorException numbered = SocketErrors.ofLinux(operation, 123, null);
        assertEquals(UNKNOWN, numbered.errorCode());
        assertEquals(OptionalInt.of(123), numbered.errno());
        assertNull(numbered.getCause());
        IOException strange = new IOException("Connection refused"); // a text is not an errno
        SocketErrorException error = SocketErrors.of(operation, strange);
        assertEquals(UNKNOWN, error.errorCode());
        assertEquals(OptionalInt.empty(), error.errno());
        assertSame(strange, error.getCause());
        assertSame(error, SocketErrors.of(operation, error));
        boolean traffic = operation == Operation.SEND || operation == Operation.RECEIVE;
        assertEquals(traffic, error.getStackTrace().length == 1);
    }
}
