package com.example.udp.memory;

import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.ProviderCapability;
import dev.sluice.udp.spi.DatagramTransport;
import dev.sluice.udp.spi.TransportProvider;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

// region provider
/** UDP between the sockets of one process, without the system's network. */
public final class MemoryProvider extends TransportProvider {
    /** Calls back. Its thread ends when there was nothing to call for a second. */
    private final ExecutorService callbacks = callbacks();

    /** For {@link java.util.ServiceLoader}. */
    public MemoryProvider() {}

    private static ExecutorService callbacks() {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "udp-memory");
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    @Override
    public String name() {
        return "memory";
    }

    /** Below every provider that reaches the network: it is used where it is named. */
    @Override
    public int priority() {
        return -100;
    }

    @Override
    public Set<ProviderCapability> capabilities() {
        return Set.of(
                ProviderCapability.V6ONLY_BIND,
                ProviderCapability.LOSSLESS_CONNECT,
                ProviderCapability.EMPTY_DATAGRAM_ERRORS);
    }

    @Override
    protected DatagramTransport open(IpAddressFamily family) {
        return new MemoryTransport(family, callbacks);
    }

    @Override
    protected void stop() {
        callbacks.shutdownNow();
    }
}
// endregion
