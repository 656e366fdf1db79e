package dev.sluice.udp.tck.memory;

import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.ProviderCapability;
import dev.sluice.udp.spi.DatagramTransport;
import dev.sluice.udp.spi.TransportProvider;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/**
 * A third party's provider: a network in memory, written from the documentation of the SPI alone (V5). All its instances
 * share one network, on which only the loopback addresses exist.
 */
public final class MemoryProvider extends TransportProvider {
    private final ExecutorService waiting = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "sluice-memory");
        thread.setDaemon(true);
        return thread;
    });

    private final UnaryOperator<DatagramTransport> wrapping;

    /** For ServiceLoader. */
    public MemoryProvider() {
        this(UnaryOperator.identity());
    }

    /**
     * With something around each transport.
     *
     * @param wrapping puts it there
     */
    public MemoryProvider(UnaryOperator<DatagramTransport> wrapping) {
        this.wrapping = wrapping;
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public int priority() {
        return 1;
    }

    @Override
    public Set<ProviderCapability> capabilities() {
        return Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(ProviderCapability.SEGMENTATION_OFFLOAD)));
    }

    @Override
    protected DatagramTransport open(IpAddressFamily family) {
        return wrapping.apply(new MemoryTransport(family, waiting));
    }

    @Override
    protected void stop() {
        waiting.shutdownNow();
    }
}
