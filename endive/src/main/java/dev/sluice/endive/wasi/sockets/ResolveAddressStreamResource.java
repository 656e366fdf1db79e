// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.sockets;

import dev.sluice.endive.abi.Resource;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.Pollable;
import dev.sluice.udp.SocketErrorException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** {@code resolve-address-stream}: a lookup, and its addresses one by one once it is done. */
final class ResolveAddressStreamResource implements Resource, Pollable {
    private final CompletableFuture<InetAddress[]> lookup;
    private int next;

    ResolveAddressStreamResource(CompletableFuture<InetAddress[]> lookup) {
        this.lookup = lookup;
    }

    /** Null when there are no more. */
    InetAddress next() throws SocketErrorException {
        if (!lookup.isDone()) {
            throw new SocketErrorException(ErrorCode.WOULD_BLOCK, "the lookup is still under way");
        }
        try {
            InetAddress[] addresses = lookup.join();
            return next < addresses.length ? addresses[next++] : null;
        } catch (CompletionException e) {
            throw error(e.getCause());
        }
    }

    /**
     * Java has one exception for every failure of the resolver. Its message is the C library's text, which depends on
     * the locale; a text that is not recognised counts as a name that doesn't exist.
     */
    static SocketErrorException error(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        ErrorCode code = !(cause instanceof UnknownHostException)
                ? ErrorCode.PERMANENT_RESOLVER_FAILURE
                : message.contains("Temporary failure")
                        ? ErrorCode.TEMPORARY_RESOLVER_FAILURE
                        : ErrorCode.NAME_UNRESOLVABLE;
        return new SocketErrorException(code, message);
    }

    @Override
    public boolean ready() {
        return lookup.isDone();
    }

    @Override
    public Registration onReady(Runnable action) {
        CompletableFuture<Void> registered = lookup.handle((addresses, failure) -> null);
        registered.thenRun(action);
        return () -> registered.cancel(false);
    }
}
