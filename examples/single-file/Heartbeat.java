import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.IncomingDatagram;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.UdpSockets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** A service and its monitor, over the loopback interface: {@code java -cp 'lib/*' Heartbeat.java [COUNT]}. */
public final class Heartbeat {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    public static void main(String[] args) throws IOException, InterruptedException {
        int count = args.length > 0 ? Integer.parseInt(args[0]) : 3;
        UdpSocketProvider provider = UdpSockets.provider(); // the best one on the class path
        System.out.println("provider: " + provider.name());
        InetSocketAddress loopback = new InetSocketAddress("127.0.0.1", 0); // port 0: any that is free
        try (UdpSocket monitor = provider.open(loopback);
                UdpSocket service = provider.open(loopback)) {
            DatagramStreams ofMonitor = monitor.stream();
            DatagramStreams ofService = service.stream(monitor.localAddress()); // with a peer: only its datagrams
            for (int beat = 1; beat <= count; beat++) {
                send(ofService, new OutgoingDatagram(StandardCharsets.UTF_8.encode("alive " + beat)));
                IncomingDatagram heard = receive(ofMonitor);
                send(ofMonitor, heard.reply(StandardCharsets.UTF_8.encode("heard: " + text(heard))));
                System.out.println(text(receive(ofService)));
            }
        }
    }

    private static void send(DatagramStreams streams, OutgoingDatagram datagram) throws IOException, InterruptedException {
        if (streams.outgoing().sendAll(List.of(datagram), PATIENCE) == 0) { // waits while the kernel's buffer is full
            throw new IOException("the send buffer stays full");
        }
    }

    private static IncomingDatagram receive(DatagramStreams streams) throws IOException, InterruptedException {
        List<IncomingDatagram> received = streams.incoming().receive(1, PATIENCE);
        if (received.isEmpty()) {
            throw new IOException("nothing came within " + PATIENCE.toSeconds() + " s");
        }
        return received.get(0);
    }

    private static String text(IncomingDatagram datagram) {
        return StandardCharsets.UTF_8.decode(datagram.data().duplicate()).toString();
    }

    private Heartbeat() {}
}
