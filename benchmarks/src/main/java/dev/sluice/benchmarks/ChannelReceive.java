// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** What one writes by hand: {@code receive} into one direct buffer, again and again. */
final class ChannelReceive extends CallingReceiver {
    /** What becomes of a datagram. */
    enum Keeping {
        /** The next one takes its place. */
        NONE,
        /** All of a list lie in the buffer, one behind the other. */
        IN_BUFFER,
        /** Each is copied into an array of its own. */
        IN_ARRAYS
    }

    private final DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
    private final ByteBuffer buffer;
    private final Keeping keeping;
    private final byte[][] arrays;

    ChannelReceive(Load load, Keeping keeping) throws IOException {
        this.keeping = keeping;
        arrays = new byte[load.list()][];
        buffer = ByteBuffer.allocateDirect((keeping == Keeping.IN_BUFFER ? load.bytes() : 0) + 65_536);
        channel.configureBlocking(false);
        channel.bind(new InetSocketAddress(load.receiverHost(), 0));
    }

    @Override
    public InetSocketAddress address() throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    @Override
    public void connect(InetSocketAddress source) throws IOException {
        channel.connect(source);
    }

    @Override
    int some(int most) throws IOException {
        buffer.clear();
        int taken = 0;
        while (taken < most && channel.receive(keeping == Keeping.IN_BUFFER ? buffer : buffer.clear()) != null) {
            if (keeping == Keeping.IN_ARRAYS) {
                byte[] array = new byte[buffer.flip().remaining()];
                buffer.get(array);
                arrays[taken] = array;
            }
            taken++;
        }
        return taken;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
