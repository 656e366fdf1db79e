// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.epoll;

import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.EphemeralPort;
import dev.sluice.udp.spi.LinuxOptions;
import dev.sluice.udp.spi.Operation;
import dev.sluice.udp.spi.PathMtu;
import dev.sluice.udp.spi.SendCalls;
import dev.sluice.udp.spi.TransportOption;
import io.netty.channel.ChannelException;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.Buffer;
import io.netty.channel.unix.DatagramSocketAddress;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * A UDP socket's descriptor: every use of Netty's {@link LinuxSocket} is here.
 *
 * <p>Nothing here guards against use after {@link #close}, which would reach the socket that has the descriptor by then:
 * the SPI's locks do, and {@link EpollRegistration}. What lies outside of a buffer's memory is refused here, since native
 * code doesn't look (a batch may be misused by several threads).
 */
final class KernelSocket implements SendCalls, ReceiveCalls, EphemeralPort.Bindable, LinuxOptions.Calls {
    static {
        Epoll.ensureAvailability(); // LinuxSocket doesn't load the native library itself
    }

    private static final int SOL_SOCKET = 1;
    private static final int SO_MEMINFO = 55;
    private static final int IPPROTO_UDP = 17;
    private static final int UDP_SEGMENT = 103;

    private final LinuxSocket socket;
    private final IpAddressFamily family;
    private final LinuxOptions options;
    private final MemoryInfo sendInfo = new MemoryInfo();
    private final MemoryInfo receiveInfo = new MemoryInfo();

    /**
     * What was sent last, and where it lies. Finding a buffer's address costs a send 1 to 2 per cent in JNI, and on JDK 25
     * an allocation; kept, the buffer isn't freed.
     */
    private ByteBuffer sent;

    private long sentAddress;

    private KernelSocket(LinuxSocket socket, IpAddressFamily family) {
        this.socket = socket;
        this.family = family;
        this.options = new LinuxOptions(this, family);
    }

    static KernelSocket open(IpAddressFamily family) throws SocketErrorException {
        boolean ipv6 = family == IpAddressFamily.IPV6;
        try {
            SocketProtocolFamily protocol = ipv6 ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET;
            LinuxSocket socket = LinuxSocket.newSocketDgram(protocol);
            KernelSocket opened = null;
            try {
                KernelSocket opening = new KernelSocket(socket, family);
                opening.options.setInitial();
                opened = opening;
                return opened;
            } finally {
                if (opened == null) {
                    socket.close();
                }
            }
        } catch (IOException | ChannelException e) {
            throw NettyErrors.of(Operation.CREATE, e);
        }
    }

    /** Whether this kernel knows UDP_SEGMENT (since Linux 4.18). Sends nothing. */
    boolean canSegment() {
        try {
            setSegmentSize(0);
            return true;
        } catch (SocketErrorException e) {
            return false;
        }
    }

    @Override
    public void bind(InetSocketAddress local) throws SocketErrorException {
        try {
            socket.bind(local);
        } catch (IOException e) {
            throw NettyErrors.of(Operation.BIND, e);
        }
    }

    void connect(InetSocketAddress remote) throws SocketErrorException {
        try {
            socket.connect(remote);
        } catch (IOException e) {
            throw NettyErrors.of(Operation.CONNECT, e);
        }
    }

    /** Drops the peer; also the port, unless bind was given it explicitly. */
    @Override
    public void disconnect() throws SocketErrorException {
        try {
            socket.disconnect();
        } catch (IOException e) {
            throw NettyErrors.of(Operation.CONNECT, e);
        }
    }

    /**
     * Binds another socket to the address that this one, which has no peer, is bound to, and then turns this one away from
     * everything but itself, so that what arrives goes to the other. If that can't be, the kernel prefers the other for all
     * but the former peer's. Unlike SO_REUSEADDR, SO_REUSEPORT lets no other user's process in.
     */
    void share(KernelSocket other, InetSocketAddress local) throws SocketErrorException {
        try {
            options.set(TransportOption.REUSE_PORT, 1);
            other.options.set(TransportOption.REUSE_PORT, 1);
            other.bind(local);
        } finally {
            options.set(TransportOption.REUSE_PORT, 0);
        }
        other.options.set(TransportOption.REUSE_PORT, 0);
        try {
            connect(local.getAddress().isAnyLocalAddress() ? new InetSocketAddress("::1", local.getPort()) : local);
        } catch (SocketErrorException unreachable) { // the interface is down, and nothing arrives
        }
    }

    boolean isIpv6() {
        return family == IpAddressFamily.IPV6;
    }

    @Override
    public InetSocketAddress localAddress() {
        return PlainAddress.of(socket.localAddress());
    }

    @Override
    public boolean send(ByteBuffer memory, int from, int to, InetSocketAddress remote) throws SocketErrorException {
        Objects.checkFromToIndex(from, to, memory.capacity());
        if (from == to && !isWritable()) {
            return false; // for an empty datagram Netty answers 0 whether the buffer is full or not
        }
        try {
            long address = addressOf(memory);
            int bytes = remote == null
                    ? socket.sendAddress(address, from, to)
                    : socket.sendToAddress(address, from, to, remote.getAddress(), remote.getPort());
            return bytes > 0 || from == to;
        } catch (IOException e) {
            throw NettyErrors.of(Operation.SEND, e);
        }
    }

    private long addressOf(ByteBuffer memory) {
        if (memory != sent) {
            sentAddress = Buffer.memoryAddress(memory);
            sent = memory;
        }
        return sentAddress;
    }

    @Override
    public int receive(ByteBuffer memory, int from, int to) throws SocketErrorException {
        Objects.checkFromToIndex(from, to, memory.capacity());
        try {
            int length = socket.recv(memory, from, to);
            return length > 0 ? length : -1 - length; // Netty answers 0 for none, and -1 for an empty one
        } catch (IOException e) {
            throw NettyErrors.of(Operation.RECEIVE, e);
        }
    }

    @Override
    public DatagramSocketAddress receiveFrom(ByteBuffer memory, int from, int to) throws SocketErrorException {
        Objects.checkFromToIndex(from, to, memory.capacity());
        try {
            return socket.recvFrom(memory, from, to);
        } catch (IOException e) {
            throw NettyErrors.of(Operation.RECEIVE, e);
        }
    }

    @Override
    public int takeError() throws SocketErrorException {
        try {
            return socket.getSoError();
        } catch (IOException | ChannelException e) {
            throw NettyErrors.of(Operation.OPTION, e);
        }
    }

    boolean isWritable() throws SocketErrorException {
        return read(sendInfo).isWritable();
    }

    boolean isReadable() throws SocketErrorException {
        return read(receiveInfo).isReadable();
    }

    @Override
    public int queuedMemory() throws SocketErrorException {
        return read(receiveInfo).queued();
    }

    /** What was dropped for want of receive buffer. */
    long drops() throws SocketErrorException {
        return read(receiveInfo).drops();
    }

    private MemoryInfo read(MemoryInfo info) throws SocketErrorException {
        try {
            socket.getRawOpt(SOL_SOCKET, SO_MEMINFO, info.buffer());
            return info;
        } catch (IOException | ChannelException e) {
            throw NettyErrors.of(Operation.OPTION, e);
        }
    }

    @Override
    public void setSegmentSize(int segment) throws SocketErrorException {
        set(IPPROTO_UDP, UDP_SEGMENT, segment);
    }

    @Override
    public int pathPayload() {
        return options.pathPayload();
    }

    @Override
    public int devicePayload() {
        return PathMtu.devicePayload(family, localAddress());
    }

    LinuxOptions options() {
        return options;
    }

    @Override
    public int get(int level, int option) throws SocketErrorException {
        try {
            return socket.getIntOpt(level, option);
        } catch (IOException | ChannelException e) {
            throw NettyErrors.of(Operation.OPTION, e);
        }
    }

    @Override
    public void set(int level, int option, int value) throws SocketErrorException {
        try {
            socket.setIntOpt(level, option, value);
        } catch (IOException | ChannelException e) {
            throw NettyErrors.of(Operation.OPTION, e);
        }
    }

    @Override
    public void set(int level, int option, ByteBuffer value) throws SocketErrorException {
        try {
            socket.setRawOpt(level, option, value);
        } catch (IOException | ChannelException e) {
            throw NettyErrors.of(Operation.OPTION, e);
        }
    }

    /** For epoll. */
    FileDescriptor descriptor() {
        return socket;
    }

    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // close(2): the descriptor is released all the same, and a UDP socket has nothing left to write.
        }
    }
}
