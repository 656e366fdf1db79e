// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.sockets;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.SocketErrorException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/**
 * Resolves names, each on a thread of its own, since Java's resolver blocks. The number of lookups under way is limited;
 * one whose stream was dropped counts until the resolver returns.
 */
final class Lookups {
    private static final int MOST = 8;

    private final Semaphore free = new Semaphore(MOST);

    CompletableFuture<InetAddress[]> start(String name) throws SocketErrorException {
        if (!free.tryAcquire()) {
            throw new SocketErrorException(
                    ErrorCode.TEMPORARY_RESOLVER_FAILURE,
                    "the guest has " + MOST + " lookups under way, which is the limit");
        }
        CompletableFuture<InetAddress[]> lookup = new CompletableFuture<>();
        Thread thread = new Thread(() -> resolve(name, lookup), "sluice-guest-lookup");
        thread.setDaemon(true);
        thread.start();
        return lookup;
    }

    private void resolve(String name, CompletableFuture<InetAddress[]> lookup) {
        InetAddress[] addresses = null;
        Throwable failure = null;
        try {
            addresses = InetAddress.getAllByName(name);
        } catch (UnknownHostException | RuntimeException e) {
            failure = e;
        }
        free.release(); // before the guest sees the result and begins the next lookup
        if (failure == null) {
            lookup.complete(addresses);
        } else {
            lookup.completeExceptionally(failure);
        }
    }
}
