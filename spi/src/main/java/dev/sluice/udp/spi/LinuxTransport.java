// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.Rule;
import dev.sluice.udp.spi.jfr.EventSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/** What transports over a socket of Linux have in common: options ({@link Rule#O1 O1}) and multicast ({@link Rule#O2 O2}). */
@ProviderType
public abstract class LinuxTransport implements DatagramTransport {
    private final LinuxOptions options;
    private final SegmentingSender sender;
    private final Set<TransportOption> supported;

    /**
     * For subclasses.
     *
     * @param options the kernel's
     * @param sender has the options of segmentation
     * @param own those that the subclass knows besides, which it reads and sets before it asks this class
     */
    protected LinuxTransport(LinuxOptions options, SegmentingSender sender, Set<TransportOption> own) {
        this.options = options;
        this.sender = sender;
        Set<TransportOption> all = EnumSet.copyOf(LinuxOptions.SUPPORTED);
        all.addAll(sender.supportedOptions());
        all.addAll(own);
        this.supported = Collections.unmodifiableSet(all);
    }

    /** Of which socket segmentation tells. */
    final void belongsTo(EventSource socket) {
        sender.belongsTo(socket);
    }

    @Override
    public final Set<TransportOption> supportedOptions() {
        return supported;
    }

    @Override
    public long get(TransportOption option) throws IOException {
        return sender.supportedOptions().contains(option) ? sender.get(option) : options.get(option);
    }

    @Override
    public void set(TransportOption option, long value) throws IOException {
        if (sender.supportedOptions().contains(option)) {
            sender.set(option, value);
        } else {
            options.set(option, value);
        }
    }

    @Override
    public final void join(InetAddress group, NetworkInterface networkInterface, InetAddress source)
            throws IOException {
        options.multicast().join(group, networkInterface, source);
    }

    @Override
    public final void leave(InetAddress group, NetworkInterface networkInterface, InetAddress source)
            throws IOException {
        options.multicast().leave(group, networkInterface, source);
    }
}
