package com.example.recipes;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;

// region channel
/** The same with a channel, whose one exception doesn't say which line it is about. */
final class ChannelMetrics implements AutoCloseable {
    private final LongAdder dropped = new LongAdder();
    private final DatagramChannel channel;

    ChannelMetrics(InetSocketAddress collector) throws IOException {
        channel = DatagramChannel.open();
        channel.configureBlocking(false);
        channel.connect(collector);
    }

    void send(String line) {
        ByteBuffer payload = StandardCharsets.UTF_8.encode(line);
        for (int attempt = 0; attempt < 2; attempt++) {
            try {
                if (channel.write(payload) > 0) { // threads wait for each other here
                    return;
                }
            } catch (PortUnreachableException e) {
                continue; // an earlier line's; other ICMP errors are plain IOExceptions, which this line's may be, too
            } catch (IOException e) {
                // said below
            }
            break;
        }
        dropped.increment();
    }

    long dropped() {
        return dropped.sum();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
// endregion
