// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.epoll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.Operation;
import io.netty.channel.ChannelException;
import io.netty.channel.unix.Errors.NativeIoException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import org.junit.jupiter.api.Test;

/** Finding the errno in what Netty throws (E9): these are all the ways in which it hides one. */
class NettyErrorsTest {
    private static final NativeIoException TOO_LARGE = new NativeIoException("sendTo", -90, false);

    private static SocketErrorException assertCode(ErrorCode code, int errno, Exception thrown) {
        SocketErrorException error = NettyErrors.of(Operation.SEND, thrown);
        assertEquals(code, error.errorCode(), error::toString);
        assertEquals(errno, error.errno().orElse(0));
        assertNotNull(error.getCause());
        return error;
    }

    @Test
    void E9_inAField() {
        assertSame(
                TOO_LARGE,
                assertCode(ErrorCode.DATAGRAM_TOO_LARGE, 90, TOO_LARGE).getCause());
        assertCode(ErrorCode.DATAGRAM_TOO_LARGE, 90, new ChannelException(TOO_LARGE));
    }

    @Test
    void E7_E8_inTheClass() {
        assertCode(ErrorCode.CONNECTION_REFUSED, 111, new PortUnreachableException());
        assertCode(ErrorCode.REMOTE_UNREACHABLE, 0, new NoRouteToHostException());
    }

    @Test
    void E9_inTheText() {
        assertCode(ErrorCode.ACCESS_DENIED, 13, new ConnectException("connect(..) failed with error(-13): whatever"));
        String text = TOO_LARGE.getMessage(); // whatever the C library's language
        assertCode(
                ErrorCode.DATAGRAM_TOO_LARGE,
                90,
                new ChannelException("getsockopt()" + text.substring(text.lastIndexOf(": "))));
    }

    @Test
    void E9_whatIsNotKnownStaysUnknown() {
        for (String text : new String[] {null, "", "error", "error(90)", "Message"}) {
            assertCode(ErrorCode.UNKNOWN, 0, new IOException(text));
            assertCode(ErrorCode.UNKNOWN, 0, new ChannelException(text));
        }
        IOException plain = new IOException("plain");
        assertSame(plain, assertCode(ErrorCode.UNKNOWN, 0, plain).getCause());
    }

    @Test
    void E9_whatIsMappedAlreadyIsKept() {
        SocketErrorException known = NettyErrors.of(Operation.SEND, TOO_LARGE);
        assertSame(known, NettyErrors.of(Operation.RECEIVE, known));
    }
}
