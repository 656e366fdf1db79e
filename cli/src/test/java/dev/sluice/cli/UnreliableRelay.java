// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;

/**
 * Passes datagrams on between a client and a server of {@code sluice measure}. Of every ten that are counted it loses the one
 * numbered 3, passes on the one numbered 5 twice, and the one numbered 7 after the next.
 */
final class UnreliableRelay implements AutoCloseable {
    private static final int KIND = 4;
    private static final int NUMBER = 16;

    private final InetSocketAddress server;
    private final DatagramChannel channel;
    private final Thread thread = new Thread(this::run, "relay");
    private SocketAddress client;
    private ByteBuffer held;

    UnreliableRelay(InetSocketAddress server) throws IOException {
        this.server = server;
        channel = DatagramChannel.open().bind(new InetSocketAddress(server.getAddress(), 0));
        thread.setDaemon(true);
        thread.start();
    }

    String address() throws IOException {
        return HostPort.text((InetSocketAddress) channel.getLocalAddress());
    }

    private void run() {
        ByteBuffer buffer = ByteBuffer.allocate(65_536);
        try {
            while (true) {
                SocketAddress from = channel.receive(buffer.clear());
                buffer.flip();
                if (from.equals(server)) {
                    channel.send(buffer, client);
                } else {
                    client = from;
                    passOn(buffer);
                }
            }
        } catch (ClosedChannelException end) {
            // closed by the test
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void passOn(ByteBuffer datagram) throws IOException {
        boolean isCounted = datagram.getInt(KIND) <= MeasureMessage.Kind.DATA_TO_ECHO.ordinal();
        long digit = isCounted ? datagram.getLong(NUMBER) % 10 : -1;
        if (digit == 7) {
            held = ByteBuffer.allocate(datagram.remaining()).put(datagram).flip();
        } else if (digit != 3) {
            channel.send(datagram.duplicate(), server);
        }
        if (digit == 5) {
            channel.send(datagram, server);
        } else if (held != null && digit != 7) {
            channel.send(held, server);
            held = null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
