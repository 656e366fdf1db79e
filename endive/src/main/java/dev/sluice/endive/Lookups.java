package dev.sluice.endive;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.SocketErrorException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/** Resolves names on threads, since Java's resolver blocks; a guest has few of them at a time, dropped ones included. */
final class Lookups {
    private static final int MOST = 8;

    private final Semaphore free = new Semaphore(MOST);

    CompletableFuture<InetAddress[]> start(String name) throws SocketErrorException {
        if (!free.tryAcquire()) {
            throw new SocketErrorException(
                    ErrorCode.TEMPORARY_RESOLVER_FAILURE, "the guest has " + MOST + " lookups under way");
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
        free.release(); // before the guest can hear of it
        if (failure == null) {
            lookup.complete(addresses);
        } else {
            lookup.completeExceptionally(failure);
        }
    }
}
