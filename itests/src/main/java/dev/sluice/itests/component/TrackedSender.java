// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.component;

import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

// region tracker
/** A socket of each provider; lines leave through that of the highest ranking. */
public final class TrackedSender extends ServiceTracker<UdpSocketProvider, TrackedSender.Open> {
    /** A provider's socket, and where it sends. */
    record Open(UdpSocket socket, OutgoingDatagramStream out) {}

    public TrackedSender(BundleContext context) {
        super(context, UdpSocketProvider.class, null);
    }

    @Override
    public Open addingService(ServiceReference<UdpSocketProvider> reference) {
        try {
            UdpSocket socket = context.getService(reference).open(new InetSocketAddress("0.0.0.0", 0));
            return new Open(socket, socket.stream().outgoing());
        } catch (SocketErrorException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void removedService(ServiceReference<UdpSocketProvider> reference, Open open) {
        open.socket().close();
        context.ungetService(reference);
    }

    /** Says whether a provider is there, and its socket took the line. */
    public boolean send(String line, InetSocketAddress destination) throws SocketErrorException {
        Open open = getService(); // the highest ranking one's
        return open != null
                && open.out().trySend(new OutgoingDatagram(StandardCharsets.UTF_8.encode(line), destination));
    }
}
// endregion
