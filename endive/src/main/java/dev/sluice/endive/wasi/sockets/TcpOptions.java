// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.sockets;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.SocketErrorException;
import java.io.IOException;
import java.net.SocketOption;
import jdk.net.ExtendedSocketOptions;

/** The options of a TCP socket. Those that are numbers must not be 0, and are cut to what the system takes. */
final class TcpOptions {
    static final SocketOption<Integer> IDLE = ExtendedSocketOptions.TCP_KEEPIDLE;
    static final SocketOption<Integer> INTERVAL = ExtendedSocketOptions.TCP_KEEPINTERVAL;
    static final SocketOption<Integer> COUNT = ExtendedSocketOptions.TCP_KEEPCOUNT;

    /** The most seconds between two probes that Linux takes. */
    private static final int MOST_SECONDS = 32767;

    private static final int MOST_PROBES = 127;
    private static final long SECOND = 1_000_000_000;

    private TcpOptions() {}

    static <T> T get(TcpSocketResource socket, SocketOption<T> option) throws SocketErrorException {
        try {
            return socket.option(option);
        } catch (IOException e) {
            throw TcpErrors.of(e);
        } catch (UnsupportedOperationException e) {
            throw unsupported(option.name());
        }
    }

    static <T> void set(TcpSocketResource socket, SocketOption<T> option, T value) throws SocketErrorException {
        try {
            socket.setOption(option, value);
        } catch (IOException e) {
            throw TcpErrors.of(e);
        } catch (UnsupportedOperationException e) {
            throw unsupported(option.name());
        }
    }

    static void setCount(TcpSocketResource socket, int unsigned) throws SocketErrorException {
        setNumber(socket, COUNT, Integer.toUnsignedLong(unsigned), MOST_PROBES);
    }

    static void setSize(TcpSocketResource socket, SocketOption<Integer> option, long unsigned)
            throws SocketErrorException {
        setNumber(socket, option, unsigned, Integer.MAX_VALUE / 2);
    }

    /** Java has no option for it. */
    static void hopLimit(TcpSocketResource socket) throws SocketErrorException {
        throw unsupported("for the hop limit");
    }

    static void setHopLimit(TcpSocketResource socket, int hops) throws SocketErrorException {
        ensureNotZero(hops & 0xff);
        throw unsupported("for the hop limit");
    }

    private static void setNumber(TcpSocketResource socket, SocketOption<Integer> option, long unsigned, int most)
            throws SocketErrorException {
        ensureNotZero(unsigned);
        set(socket, option, Long.compareUnsigned(unsigned, most) > 0 ? most : (int) unsigned);
    }

    static void setDuration(TcpSocketResource socket, SocketOption<Integer> option, long nanos)
            throws SocketErrorException {
        ensureNotZero(nanos);
        setNumber(socket, option, Math.max(1, Long.divideUnsigned(nanos, SECOND)), MOST_SECONDS);
    }

    static long duration(TcpSocketResource socket, SocketOption<Integer> option) throws SocketErrorException {
        return get(socket, option) * SECOND;
    }

    private static void ensureNotZero(long value) throws SocketErrorException {
        if (value == 0) {
            throw new SocketErrorException(ErrorCode.INVALID_ARGUMENT, "the value must not be 0");
        }
    }

    private static SocketErrorException unsupported(String what) {
        return new SocketErrorException(ErrorCode.NOT_SUPPORTED, "this system's Java has no option " + what);
    }
}
