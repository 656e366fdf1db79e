// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/**
 * Waits until what was sent on the loopback interface has arrived. Usually that is so when a send returns; on a busy
 * machine the kernel may do it later, in order.
 */
final class Fence {
    private final DatagramChannel channel;
    private final InetSocketAddress address;
    private final ByteBuffer buffer = ByteBuffer.allocate(1);

    Fence(InetAddress host) {
        try {
            channel = DatagramChannel.open();
            channel.bind(new InetSocketAddress(host, 0));
            address = (InetSocketAddress) channel.getLocalAddress();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The second round is for the errors that the first one's datagrams were followed by. */
    void pass() {
        try {
            for (int round = 0; round < 2; round++) {
                channel.send(buffer.clear(), address);
                channel.receive(buffer.clear());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
