// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.quickstart.osgi;

// region component
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Has the provider of the highest ranking: when another one becomes that, it is made anew (greedy; the default isn't). */
@Component(service = LineSender.class)
public final class LineSender {
    private final UdpSocketProvider provider;
    private final UdpSocket socket;
    private final OutgoingDatagramStream out;

    @Activate
    public LineSender(@Reference(policyOption = ReferencePolicyOption.GREEDY) UdpSocketProvider provider)
            throws SocketErrorException {
        this.provider = provider;
        socket = provider.open(new InetSocketAddress("0.0.0.0", 0));
        out = socket.stream().outgoing();
    }

    /** Sends a line, or says that the kernel's buffer is full. From any thread. */
    public boolean send(String line, InetSocketAddress destination) throws SocketErrorException {
        return out.trySend(new OutgoingDatagram(StandardCharsets.UTF_8.encode(line), destination));
    }

    public String providerName() {
        return provider.name();
    }

    @Deactivate
    void close() {
        socket.close();
    }
}
// endregion
