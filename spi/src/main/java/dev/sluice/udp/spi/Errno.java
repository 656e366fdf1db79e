// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.ErrorCode;

/**
 * The system errors that sockets meet, by their POSIX names, with Linux's numbers (asm-generic/errno.h, which x86-64
 * and arm64 share) and the error code that {@code network.wit} assigns.
 */
public enum Errno {
    /** Operation not permitted; a firewall's drop in the output hook answers a send with it. */
    EPERM(1, ErrorCode.ACCESS_DENIED),
    /** Input/output error; UDP_SEGMENT on a device that can't checksum answers with it. */
    EIO(5, ErrorCode.UNKNOWN),
    /** Not enough memory. */
    ENOMEM(12, ErrorCode.OUT_OF_MEMORY),
    /** Permission denied: a broadcast, a privileged port, a "prohibit" route. */
    EACCES(13, ErrorCode.ACCESS_DENIED),
    /** No such interface; a send names one only if the datagram's path does. */
    ENODEV(19, ErrorCode.UNKNOWN),
    /** Invalid argument; a "blackhole" route answers with it. */
    EINVAL(22, ErrorCode.INVALID_ARGUMENT),
    /** The system has no descriptor left. */
    ENFILE(23, ErrorCode.NEW_SOCKET_LIMIT),
    /** The process has no descriptor left. */
    EMFILE(24, ErrorCode.NEW_SOCKET_LIMIT),
    /** The machine is not on the network. */
    ENONET(64, ErrorCode.REMOTE_UNREACHABLE),
    /** No destination was given and there is no peer. */
    EDESTADDRREQ(89, ErrorCode.INVALID_ARGUMENT),
    /** The message is too large for the protocol or the path. */
    EMSGSIZE(90, ErrorCode.DATAGRAM_TOO_LARGE),
    /** No such option; also what an ICMP "protocol unreachable" is reported as. */
    ENOPROTOOPT(92, ErrorCode.NOT_SUPPORTED),
    /** No such protocol. */
    EPROTONOSUPPORT(93, ErrorCode.NOT_SUPPORTED),
    /** The socket can't do this. */
    EOPNOTSUPP(95, ErrorCode.NOT_SUPPORTED),
    /** No such protocol family. */
    EPFNOSUPPORT(96, ErrorCode.NOT_SUPPORTED),
    /** The host lacks the address family; from anything but creation: an address of another family. */
    EAFNOSUPPORT(97, ErrorCode.INVALID_ARGUMENT),
    /** The address is taken. */
    EADDRINUSE(98, ErrorCode.ADDRESS_IN_USE),
    /** From bind: not an address of this machine. From connect: no ephemeral port left. */
    EADDRNOTAVAIL(99, ErrorCode.ADDRESS_NOT_BINDABLE),
    /** The interface is down. */
    ENETDOWN(100, ErrorCode.REMOTE_UNREACHABLE),
    /** No route leads there. */
    ENETUNREACH(101, ErrorCode.REMOTE_UNREACHABLE),
    /** Windows: the time to live of an earlier datagram ran out. */
    ENETRESET(102, ErrorCode.REMOTE_UNREACHABLE),
    /** Windows: an earlier datagram met a closed port. */
    ECONNRESET(104, ErrorCode.REMOTE_UNREACHABLE),
    /** No buffer space. Not "try again": it can last while the socket is writable, and waiting for it would spin. */
    ENOBUFS(105, ErrorCode.OUT_OF_MEMORY),
    /** A destination was given although there is a peer. */
    EISCONN(106, ErrorCode.INVALID_ARGUMENT),
    /** There is no peer. */
    ENOTCONN(107, ErrorCode.INVALID_ARGUMENT),
    /** Nobody listens on that port: an ICMP "port unreachable" came back. */
    ECONNREFUSED(111, ErrorCode.CONNECTION_REFUSED),
    /** The host is down. */
    EHOSTDOWN(112, ErrorCode.REMOTE_UNREACHABLE),
    /** The host can't be reached: an "unreachable" route, or an ICMP message. */
    EHOSTUNREACH(113, ErrorCode.REMOTE_UNREACHABLE);

    private static final Errno[] ALL = values();

    private final int number;
    private final ErrorCode code;

    Errno(int number, ErrorCode code) {
        this.number = number;
        this.code = code;
    }

    /**
     * Linux's number for it.
     *
     * @return a positive number
     */
    public int number() {
        return number;
    }

    /**
     * The error code that it stands for.
     *
     * @param operation what was being done
     * @return the code
     */
    public ErrorCode code(Operation operation) {
        if (this == EAFNOSUPPORT && operation == Operation.CREATE) {
            return ErrorCode.NOT_SUPPORTED;
        }
        if (this == ENODEV && operation == Operation.SEND) {
            return ErrorCode.INVALID_ARGUMENT;
        }
        if (this == EADDRNOTAVAIL) {
            return switch (operation) {
                case SEND -> ErrorCode.INVALID_ARGUMENT;
                case CONNECT -> ErrorCode.ADDRESS_IN_USE; // WIT of udp: "EADDRNOTAVAIL on Linux"
                default -> code;
            };
        }
        return code;
    }

    /** The one with that number on Linux, or null. */
    static Errno ofLinux(int number) {
        for (Errno errno : ALL) {
            if (errno.number == number) {
                return errno;
            }
        }
        return null;
    }
}
