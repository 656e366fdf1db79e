package com.example.recipes;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.IncomingDatagramStream;
import dev.sluice.udp.UdpSocket;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** Adds up the first bytes of datagrams until so many have arrived, as a stand-in for real work on each. */
final class FullSpeed {
    private FullSpeed() {}

    // region sluice
    static long sum(UdpSocket socket, int count) throws IOException, InterruptedException {
        socket.setReceiveBufferSize(4 << 20); // what is too much for it the kernel drops, and counts in statistics()
        IncomingDatagramStream in = socket.stream().incoming();
        DatagramBatch batch = new DatagramBatch(1024, 2 << 20); // used again and again
        long sum = 0;
        for (int received = 0; received < count; received += batch.size()) {
            batch.clear();
            while (in.receive(batch, Math.min(1024, count - received)) == 0) {
                in.subscribe().block();
            }
            for (int i = 0; i < batch.size(); i++) {
                sum += batch.memory().get(batch.offset(i));
            }
        }
        return sum;
    }
    // endregion

    // region channel
    static long sum(DatagramChannel blocking, int count) throws IOException {
        blocking.setOption(StandardSocketOptions.SO_RCVBUF, 4 << 20);
        ByteBuffer buffer = ByteBuffer.allocateDirect(65_536);
        long sum = 0;
        for (int received = 0; received < count; received++) {
            blocking.receive(buffer.clear()); // a system call for each
            sum += buffer.get(0);
        }
        return sum;
    }
    // endregion
}
