// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck.broken;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.GroupMembership;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.Network;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.Pollable;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.SocketStatistics;
import dev.sluice.udp.UdpSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** A socket that passes everything on to a sound one. */
class Delegate implements UdpSocket {
    final UdpSocket sound;

    Delegate(UdpSocket sound) {
        this.sound = sound;
    }

    @Override
    public void bind(Network network, InetSocketAddress local) throws SocketErrorException {
        sound.bind(network, local);
    }

    @Override
    public DatagramStreams stream(InetSocketAddress remote) throws SocketErrorException {
        return sound.stream(remote);
    }

    @Override
    public InetSocketAddress localAddress() throws SocketErrorException {
        return sound.localAddress();
    }

    @Override
    public InetSocketAddress remoteAddress() throws SocketErrorException {
        return sound.remoteAddress();
    }

    @Override
    public IpAddressFamily addressFamily() {
        return sound.addressFamily();
    }

    @Override
    public int unicastHopLimit() throws SocketErrorException {
        return sound.unicastHopLimit();
    }

    @Override
    public void setUnicastHopLimit(int hops) throws SocketErrorException {
        sound.setUnicastHopLimit(hops);
    }

    @Override
    public long receiveBufferSize() throws SocketErrorException {
        return sound.receiveBufferSize();
    }

    @Override
    public void setReceiveBufferSize(long bytes) throws SocketErrorException {
        sound.setReceiveBufferSize(bytes);
    }

    @Override
    public long sendBufferSize() throws SocketErrorException {
        return sound.sendBufferSize();
    }

    @Override
    public void setSendBufferSize(long bytes) throws SocketErrorException {
        sound.setSendBufferSize(bytes);
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return sound.supportedOptions();
    }

    @Override
    public <T> T getOption(SocketOption<T> option) throws SocketErrorException {
        return sound.getOption(option);
    }

    @Override
    public <T> void setOption(SocketOption<T> option, T value) throws SocketErrorException {
        sound.setOption(option, value);
    }

    @Override
    public GroupMembership join(InetAddress group, NetworkInterface networkInterface, InetAddress source)
            throws SocketErrorException {
        return sound.join(group, networkInterface, source);
    }

    @Override
    public Pollable subscribe() {
        return sound.subscribe();
    }

    @Override
    public SocketStatistics statistics() {
        return sound.statistics();
    }

    @Override
    public void close() {
        sound.close();
    }

    /** An outgoing stream that passes everything on to a sound one. */
    static class Out implements OutgoingDatagramStream {
        final OutgoingDatagramStream sound;

        Out(OutgoingDatagramStream sound) {
            this.sound = sound;
        }

        @Override
        public int checkSend() throws SocketErrorException {
            return sound.checkSend();
        }

        @Override
        public int send(List<OutgoingDatagram> datagrams) throws SocketErrorException {
            return sound.send(datagrams);
        }

        @Override
        public int send(DatagramBatch batch, int from, int to) throws SocketErrorException {
            return sound.send(batch, from, to);
        }

        @Override
        public boolean trySend(OutgoingDatagram datagram) throws SocketErrorException {
            return sound.trySend(datagram);
        }

        @Override
        public int sendAll(List<OutgoingDatagram> datagrams, Duration timeout)
                throws SocketErrorException, InterruptedException {
            return sound.sendAll(datagrams, timeout);
        }

        @Override
        public Pollable subscribe() {
            return sound.subscribe();
        }
    }
}
