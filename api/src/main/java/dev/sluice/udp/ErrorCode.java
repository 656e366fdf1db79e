// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp;

import java.util.Locale;

/**
 * Why an operation on a socket failed: the 21 codes of {@code wasi:sockets/network}, in that order and with those
 * numbers. A code means the same on every provider. It is tested on Linux; elsewhere a system's error without a known
 * counterpart is {@link #UNKNOWN}.
 */
public enum ErrorCode {
    /** Something failed for a reason that no other code describes; the exception's cause has what is known. */
    UNKNOWN(0),

    /** Not permitted: by the system (EACCES, EPERM) or by the socket's {@link Network}. */
    ACCESS_DENIED(1),

    /** The system or the provider does not offer this operation. */
    NOT_SUPPORTED(2),

    /** One of the arguments can't be used: a wrong address family, an unspecified address, port 0 (EINVAL). */
    INVALID_ARGUMENT(3),

    /** There is not enough memory, or not enough buffer space, to do it (ENOMEM, ENOBUFS). */
    OUT_OF_MEMORY(4),

    /** It took longer than it was allowed to. */
    TIMEOUT(5),

    /** The same operation is under way already, and only one at a time is possible. */
    CONCURRENCY_CONFLICT(6),

    /** An operation was to be finished that was not begun. */
    NOT_IN_PROGRESS(7),

    /** It can't be done without waiting. No method of Sluice answers this; WASI's guests may see it. */
    WOULD_BLOCK(8),

    /** The socket is in a state in which this can't be done: not bound yet, bound already, superseded or closed. */
    INVALID_STATE(9),

    /** No further socket can be made: the limit of the process or of the system is reached (EMFILE, ENFILE). */
    NEW_SOCKET_LIMIT(10),

    /** That local address is not one of this machine's (EADDRNOTAVAIL). */
    ADDRESS_NOT_BINDABLE(11),

    /** That local address is taken, or no ephemeral port is left (EADDRINUSE). */
    ADDRESS_IN_USE(12),

    /** No way leads to the remote address (ENETUNREACH, EHOSTUNREACH and the like). */
    REMOTE_UNREACHABLE(13),

    /** The remote host is there, but no socket is bound to that port (ECONNREFUSED). */
    CONNECTION_REFUSED(14),

    /** A stream connection was reset by the other side. Datagrams never answer this. */
    CONNECTION_RESET(15),

    /** A stream connection was given up. Datagrams never answer this. */
    CONNECTION_ABORTED(16),

    /** The datagram is larger than the protocol, the path or the system can carry (EMSGSIZE). */
    DATAGRAM_TOO_LARGE(17),

    /** That name does not exist, or has no address of a usable kind. */
    NAME_UNRESOLVABLE(18),

    /** The name service failed this time; the same question may be answered later. */
    TEMPORARY_RESOLVER_FAILURE(19),

    /** The name service failed, and asking again will not help. */
    PERMANENT_RESOLVER_FAILURE(20);

    private final int number;
    private final String witName;

    ErrorCode(int number) {
        this.number = number;
        this.witName = name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The position of the code in the enum {@code error-code} of the WIT. A host that gives WebAssembly guests the
     * interfaces of WASI passes this number to them; unlike {@link #ordinal} it is part of the contract.
     *
     * @return 0 to 20
     */
    public int number() {
        return number;
    }

    /**
     * The name in the WIT, in kebab case.
     *
     * @return for example {@code datagram-too-large}
     */
    public String witName() {
        return witName;
    }
}
