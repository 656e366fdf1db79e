// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSockets;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Sluice as an application uses it: {@code checkSend}, then {@code send} of a list or of a batch. */
abstract class SluiceSend extends Rounds {
    private final UdpSocket socket;
    final OutgoingDatagramStream out;
    private final int list;

    private SluiceSend(String provider, Load load) throws Exception {
        super(load.list());
        list = load.list();
        socket = UdpSockets.provider(provider).createSocket(IpAddressFamily.IPV4);
        socket.bind(new InetSocketAddress(anyAddress(), 0));
        out = socket.stream(load.connected() ? load.destination(0) : null).outgoing();
    }

    private static InetAddress anyAddress() throws Exception {
        return InetAddress.getByAddress(new byte[4]);
    }

    /** Separate heap buffers, in one list that is sent again and again. */
    static SluiceSend ofList(String provider, Load load) throws Exception {
        List<OutgoingDatagram> datagrams = new ArrayList<>();
        ByteBuffer[] payloads = load.heapBuffers();
        for (int i = 0; i < payloads.length; i++) {
            datagrams.add(new OutgoingDatagram(payloads[i], load.remote(i)));
        }
        return new SluiceSend(provider, load) {
            @Override
            int send(int from) throws Exception {
                return out.send(from == 0 ? datagrams : datagrams.subList(from, datagrams.size()));
            }
        };
    }

    /** A batch, filled once and sent again and again. */
    static SluiceSend ofBatch(String provider, Load load) throws Exception {
        DatagramBatch batch = new DatagramBatch(load.list(), load.bytes());
        ByteBuffer[] payloads = load.heapBuffers();
        for (int i = 0; i < payloads.length; i++) {
            batch.add(load.remote(i), payloads[i]);
        }
        return new SluiceSend(provider, load) {
            @Override
            int send(int from) throws Exception {
                return out.send(batch, from, batch.size());
            }
        };
    }

    abstract int send(int from) throws Exception;

    @Override
    void round() throws Exception {
        int sent = 0;
        while (sent < list) {
            if (out.checkSend() == 0) {
                out.subscribe().block();
            } else {
                sent += send(sent);
            }
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
