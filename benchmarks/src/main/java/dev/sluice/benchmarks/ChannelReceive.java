package dev.sluice.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** What one writes by hand: {@code receive} into one direct buffer, again and again. */
final class ChannelReceive extends Arrivals {
    private final DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(65_536);

    ChannelReceive(Load load) throws Exception {
        super(load);
        channel.configureBlocking(false);
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        if (load.connected()) {
            channel.connect(source());
        }
        receiver((InetSocketAddress) channel.getLocalAddress());
    }

    @Override
    int take(int most) throws Exception {
        int taken = 0;
        while (taken < most && channel.receive(buffer.clear()) != null) {
            taken++;
        }
        return taken;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        super.close();
    }
}
