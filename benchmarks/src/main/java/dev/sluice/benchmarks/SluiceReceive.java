package dev.sluice.benchmarks;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.IncomingDatagramStream;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Sluice, receiving into a batch or as a list. */
final class SluiceReceive extends Arrivals {
    /** For a second after a peer is set, epoll's provider makes sure of each source: not what lasting peers pay. */
    private static final long SETTLING_MILLIS = 1_100;

    private final UdpSocket socket;
    private final IncomingDatagramStream in;
    private final DatagramBatch batch;

    /**
     * A receiver.
     *
     * @param list whether {@code receive} makes a list, rather than fill a batch
     */
    SluiceReceive(String provider, Load load, boolean list) throws Exception {
        super(load);
        socket = UdpSockets.provider(provider).createSocket(IpAddressFamily.IPV4);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        in = socket.stream(load.connected() ? source() : null).incoming();
        if (load.connected()) {
            Thread.sleep(SETTLING_MILLIS);
        }
        receiver(socket.localAddress());
        batch = list ? null : new DatagramBatch(load.list(), load.bytes() + 2 * IpAddressFamily.IPV4.maxDatagramSize());
    }

    @Override
    int take(int most) throws Exception {
        if (batch == null) {
            return in.receive(most).size();
        }
        batch.clear();
        return in.receive(batch, most);
    }

    @Override
    public void close() throws IOException {
        socket.close();
        super.close();
    }
}
