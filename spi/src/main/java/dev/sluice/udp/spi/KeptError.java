// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.SocketErrorException;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;

/**
 * An error that was met when the call had a success to return instead (S2, R2): thrown once, by the next non-empty send
 * or receive, before any system call.
 */
final class KeptError {
    private final AtomicReference<SocketErrorException> error = new AtomicReference<>();

    boolean isPresent() {
        return error.get() != null;
    }

    void keep(SocketErrorException met) {
        error.compareAndSet(null, PendingErrors.ofEarlier(met)); // the first one is nearer to the cause
    }

    void throwIfPresent() throws SocketErrorException {
        if (isPresent()) {
            SocketErrorException kept = error.getAndSet(null);
            if (kept != null) {
                throw kept;
            }
        }
    }

    /**
     * Whether the kernel forgets an error once it has reported it, so that sending the rest would not meet it again: those
     * that ICMP reports of the path and the peer (E7, E8), and "protocol unreachable", which is never the
     * outcome of the send itself.
     */
    static boolean isForgottenByKernel(SocketErrorException error) {
        return error.errorCode() == ErrorCode.REMOTE_UNREACHABLE
                || error.errorCode() == ErrorCode.CONNECTION_REFUSED
                || error.errno().equals(OptionalInt.of(Errno.ENOPROTOOPT.number()));
    }
}
