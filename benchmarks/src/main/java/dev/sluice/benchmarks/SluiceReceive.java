// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.IncomingDatagramStream;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSockets;
import java.net.InetSocketAddress;

/** Sluice, receiving into a batch or as a list. */
final class SluiceReceive extends CallingReceiver {
    /** For a second after a peer is set, epoll's provider makes sure of each source: not what lasting peers pay. */
    private static final long SETTLING_MILLIS = 1_100;

    private final UdpSocket socket;
    private final DatagramBatch batch;
    private final int most;
    private final boolean isEpoll;
    private IncomingDatagramStream in;

    private SluiceReceive(String provider, Load load, DatagramBatch batch, int most) throws SocketErrorException {
        this.batch = batch;
        this.most = most;
        isEpoll = provider.equals("epoll");
        socket = UdpSockets.provider(provider).createSocket(IpAddressFamily.IPV4);
        socket.bind(new InetSocketAddress(load.receiverHost(), 0));
        in = socket.stream(null).incoming();
    }

    static Receiver ofList(String provider, Load load) throws SocketErrorException {
        return new SluiceReceive(provider, load, null, load.list());
    }

    /** With a batch, of whose room each call uses as much as {@code most} datagrams need. */
    static Receiver ofBatch(String provider, Load load, int most) throws SocketErrorException {
        int bytes = load.bytes() + 2 * IpAddressFamily.IPV4.maxDatagramSize();
        return new SluiceReceive(provider, load, new DatagramBatch(load.list(), bytes), most);
    }

    @Override
    public InetSocketAddress address() throws SocketErrorException {
        return socket.localAddress();
    }

    @Override
    public void connect(InetSocketAddress source) throws Exception {
        in = socket.stream(source).incoming();
        if (isEpoll) {
            Thread.sleep(SETTLING_MILLIS);
        }
    }

    @Override
    int some(int remaining) throws Exception {
        int asked = Math.min(most, remaining);
        if (batch == null) {
            return in.receive(asked).size();
        }
        batch.clear();
        return in.receive(batch, asked);
    }

    @Override
    public void close() {
        socket.close();
    }
}
