package com.example.heartbeat;

import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Tells a peer that it is alive, once a second, and by which provider. When a better provider comes, or this one goes, the
 * component is activated anew.
 */
@Component(service = {})
public final class Heartbeat {
    /** Properties of the framework, and so of the system: where to send to. */
    private static final String HOST = "heartbeat.host";

    private static final String PORT = "heartbeat.port";

    private final UdpSocket socket;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    @Activate
    public Heartbeat(
            BundleContext context, @Reference(policyOption = ReferencePolicyOption.GREEDY) UdpSocketProvider provider)
            throws SocketErrorException {
        String host = property(context, HOST, "127.0.0.1");
        InetSocketAddress peer = new InetSocketAddress(host, Integer.parseInt(property(context, PORT, "9999")));
        InetSocketAddress any = new InetSocketAddress(peer.getAddress().getAddress().length == 4 ? "0.0.0.0" : "::", 0);
        socket = provider.open(any);
        OutgoingDatagramStream out = socket.stream(peer).outgoing();
        byte[] text = ("alive by " + provider.name()).getBytes(StandardCharsets.UTF_8);
        OutgoingDatagram beat = new OutgoingDatagram(ByteBuffer.wrap(text));
        timer.scheduleAtFixedRate(() -> send(out, beat), 0, 1, TimeUnit.SECONDS);
    }

    private static String property(BundleContext context, String name, String otherwise) {
        String value = context.getProperty(name);
        return value == null ? otherwise : value;
    }

    private static void send(OutgoingDatagramStream out, OutgoingDatagram beat) {
        try {
            out.trySend(beat);
        } catch (SocketErrorException e) {
            System.err.println("heartbeat: " + e.getMessage()); // the peer may be there the next time
        }
    }

    @Deactivate
    void deactivate() {
        timer.shutdownNow();
        socket.close();
    }
}
