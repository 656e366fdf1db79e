// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.nio;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.MembershipKey;
import java.nio.channels.spi.SelectorProvider;
import java.util.Set;

/** A channel that does as it is told, for what a kernel can't be made to do; no selector takes it. */
final class ScriptedChannel extends DatagramChannel {
    /** What is done with an address. */
    interface Step {
        void take(SocketAddress address) throws IOException;
    }

    /** What arrives. */
    interface Arrival {
        InetSocketAddress into(ByteBuffer buffer) throws IOException;
    }

    Arrival receiving = buffer -> null;
    Step binding = address -> {};
    Step connecting = address -> {};
    boolean connected;
    int receiveBuffer = 1 << 20;

    /** How many bytes a send takes. */
    int taking = Integer.MAX_VALUE;

    ScriptedChannel() {
        super(SelectorProvider.provider());
    }

    @Override
    public SocketAddress receive(ByteBuffer buffer) throws IOException {
        return receiving.into(buffer);
    }

    @Override
    public DatagramChannel bind(SocketAddress local) throws IOException {
        binding.take(local);
        return this;
    }

    @Override
    public DatagramChannel connect(SocketAddress remote) throws IOException {
        connecting.take(remote);
        connected = true;
        return this;
    }

    @Override
    public DatagramChannel disconnect() throws IOException {
        connecting.take(null);
        connected = false;
        return this;
    }

    @Override
    public boolean isConnected() {
        return connected;
    }

    @Override
    public <T> T getOption(SocketOption<T> name) {
        return name.type().cast(receiveBuffer);
    }

    @Override
    public <T> DatagramChannel setOption(SocketOption<T> name, T value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return Set.of();
    }

    @Override
    public DatagramSocket socket() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SocketAddress getRemoteAddress() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SocketAddress getLocalAddress() {
        return new InetSocketAddress("127.0.0.1", 9);
    }

    @Override
    public int send(ByteBuffer source, SocketAddress target) {
        return Math.min(taking, source.remaining());
    }

    @Override
    public int read(ByteBuffer into) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer source) {
        return Math.min(taking, source.remaining());
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MembershipKey join(InetAddress group, NetworkInterface device) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MembershipKey join(InetAddress group, NetworkInterface device, InetAddress source) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected void implCloseSelectableChannel() {}

    @Override
    protected void implConfigureBlocking(boolean block) {}
}
