// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.stream.IntStream;

/** What one writes by hand: {@code send} for each datagram, or {@code write} on a connected channel. */
final class ChannelSend extends Rounds {
    private final DatagramChannel channel;
    private final ByteBuffer[] payloads;
    private final InetSocketAddress[] remotes;

    /**
     * A channel.
     *
     * @param direct whether the payloads lie in direct memory, which the JDK doesn't have to copy
     */
    ChannelSend(Load load, boolean direct) throws Exception {
        super(load.list());
        channel = DatagramChannel.open(StandardProtocolFamily.INET);
        channel.configureBlocking(false);
        payloads = direct ? slices(load) : load.heapBuffers();
        remotes = IntStream.range(0, load.list()).mapToObj(load::remote).toArray(InetSocketAddress[]::new);
        if (load.connected()) {
            channel.connect(load.destination(0));
        }
    }

    private static ByteBuffer[] slices(Load load) {
        ByteBuffer memory = ByteBuffer.allocateDirect(load.bytes());
        ByteBuffer[] slices = new ByteBuffer[load.list()];
        for (int i = 0, offset = 0; i < slices.length; offset += load.size(i), i++) {
            slices[i] = memory.slice(offset, load.size(i));
        }
        return slices;
    }

    @Override
    void round() throws Exception {
        for (int i = 0; i < payloads.length; i++) {
            ByteBuffer payload = payloads[i];
            while ((remotes[i] == null ? channel.write(payload) : channel.send(payload, remotes[i])) == 0) {
                Thread.onSpinWait(); // the buffer is full: not met on loopback or an unshaped link
            }
            payload.rewind();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
