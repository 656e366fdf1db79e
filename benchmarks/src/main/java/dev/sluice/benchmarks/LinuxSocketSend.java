// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.unix.Buffer;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/** A hand-written loop of the kind that provider-epoll is built on: one native call for each datagram. */
final class LinuxSocketSend extends Rounds {
    private final LinuxSocket socket;
    private final ByteBuffer[] payloads;
    private final InetAddress[] hosts;
    private final int[] ports;
    private final ByteBuffer copy = ByteBuffer.allocateDirect(65_536);
    private final long address = Buffer.memoryAddress(copy);

    LinuxSocketSend(Load load) throws Exception {
        super(load.list());
        Epoll.ensureAvailability();
        socket = LinuxSocket.newSocketDgram(io.netty.channel.socket.SocketProtocolFamily.INET);
        payloads = load.heapBuffers();
        hosts = new InetAddress[load.list()];
        ports = new int[load.list()];
        for (int i = 0; i < hosts.length; i++) {
            hosts[i] = load.connected() ? null : load.destination(i).getAddress();
            ports[i] = load.destination(i).getPort();
        }
        if (load.connected()) {
            socket.connect(load.destination(0));
        }
    }

    @Override
    void round() throws Exception {
        for (int i = 0; i < payloads.length; i++) {
            int length = payloads[i].remaining();
            copy.put(0, payloads[i], 0, length);
            while ((hosts[i] == null
                            ? socket.sendAddress(address, 0, length)
                            : socket.sendToAddress(address, 0, length, hosts[i], ports[i]))
                    == 0) {
                Thread.onSpinWait();
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
