package dev.sluice.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/**
 * What one writes by hand: {@code receive} into one direct buffer, again and again. Either each datagram takes the place
 * of the one before, or all of a list are kept, one behind the other.
 */
final class ChannelReceive extends Arrivals {
    private final DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
    private final ByteBuffer buffer;
    private final boolean keeping;

    ChannelReceive(Load load, boolean keeping) throws Exception {
        super(load);
        this.keeping = keeping;
        buffer = ByteBuffer.allocateDirect((keeping ? load.bytes() : 0) + 65_536);
        channel.configureBlocking(false);
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        if (load.connected()) {
            channel.connect(source());
        }
        receiver((InetSocketAddress) channel.getLocalAddress());
    }

    @Override
    int take(int most) throws Exception {
        buffer.clear();
        int taken = 0;
        while (taken < most && channel.receive(keeping ? buffer : buffer.clear()) != null) {
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
