// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.async;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.Rule;
import dev.sluice.udp.SocketErrorException;
import java.util.Locale;

/**
 * The 15 codes of {@code wasi:sockets/types} of WASI 0.3, in that order and with those numbers ({@link Rule#W2 W2}). They come
 * from the same table of the system's errors as the {@linkplain ErrorCode 21 of 0.2}, of which each has one here.
 */
public enum AsyncErrorCode {
    /** Not permitted: by the system or by the socket's network. */
    ACCESS_DENIED(0),

    /** The system or the provider does not offer this operation. */
    NOT_SUPPORTED(1),

    /** One of the arguments can't be used. */
    INVALID_ARGUMENT(2),

    /** There is not enough memory, or more sends wait than are kept. */
    OUT_OF_MEMORY(3),

    /** It took longer than it was allowed to. */
    TIMEOUT(4),

    /** The socket is in a state in which this can't be done. */
    INVALID_STATE(5),

    /** That local address is not one of this machine's. */
    ADDRESS_NOT_BINDABLE(6),

    /** That local address is taken, or no ephemeral port is left. */
    ADDRESS_IN_USE(7),

    /** No way leads to the remote address. */
    REMOTE_UNREACHABLE(8),

    /** The remote host is there, but no socket is bound to that port. */
    CONNECTION_REFUSED(9),

    /** A stream connection broke. Datagrams never answer this. */
    CONNECTION_BROKEN(10),

    /** A stream connection was reset by the other side. Datagrams never answer this. */
    CONNECTION_RESET(11),

    /** A stream connection was given up. Datagrams never answer this. */
    CONNECTION_ABORTED(12),

    /** The datagram is larger than the protocol, the path or the system can carry. */
    DATAGRAM_TOO_LARGE(13),

    /** Anything else: what has no code in 0.3, too, such as the limit of descriptors. The exception's message says what. */
    OTHER(14);

    private final int number;

    AsyncErrorCode(int number) {
        this.number = number;
    }

    /**
     * The case of the variant {@code error-code} in the WIT.
     *
     * @return 0 to 14
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
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The code of an error.
     *
     * @param error what a socket threw, or a future was completed with
     * @return its code
     */
    public static AsyncErrorCode of(SocketErrorException error) {
        return of(error.errorCode());
    }

    /**
     * The code that stands for one of 0.2.
     *
     * @param code of 0.2
     * @return the one of the same name; {@link #OTHER} where there is none
     */
    public static AsyncErrorCode of(ErrorCode code) {
        return switch (code) {
            case ACCESS_DENIED -> ACCESS_DENIED;
            case NOT_SUPPORTED -> NOT_SUPPORTED;
            case INVALID_ARGUMENT -> INVALID_ARGUMENT;
            case OUT_OF_MEMORY -> OUT_OF_MEMORY;
            case TIMEOUT -> TIMEOUT;
            case INVALID_STATE -> INVALID_STATE;
            case ADDRESS_NOT_BINDABLE -> ADDRESS_NOT_BINDABLE;
            case ADDRESS_IN_USE -> ADDRESS_IN_USE;
            case REMOTE_UNREACHABLE -> REMOTE_UNREACHABLE;
            case CONNECTION_REFUSED -> CONNECTION_REFUSED;
            case CONNECTION_RESET -> CONNECTION_RESET;
            case CONNECTION_ABORTED -> CONNECTION_ABORTED;
            case DATAGRAM_TOO_LARGE -> DATAGRAM_TOO_LARGE;
            case UNKNOWN,
                    CONCURRENCY_CONFLICT,
                    NOT_IN_PROGRESS,
                    WOULD_BLOCK,
                    NEW_SOCKET_LIMIT,
                    NAME_UNRESOLVABLE,
                    TEMPORARY_RESOLVER_FAILURE,
                    PERMANENT_RESOLVER_FAILURE -> OTHER;
        };
    }
}
