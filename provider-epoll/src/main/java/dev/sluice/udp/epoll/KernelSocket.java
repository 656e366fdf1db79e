package dev.sluice.udp.epoll;

import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.EphemeralPort;
import dev.sluice.udp.spi.Operation;
import dev.sluice.udp.spi.PathMtu;
import dev.sluice.udp.spi.SendCalls;
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
 * A UDP socket's descriptor: every use of Netty's {@link LinuxSocket}, and of Linux's option numbers, is here.
 *
 * <p>Nothing here guards against use after {@link #close}, which would reach the socket that has the descriptor by then:
 * the SPI's locks do, and {@link EpollRegistration}. What lies outside of a buffer's memory is refused here, since native
 * code doesn't look (a batch may be misused by several threads).
 */
final class KernelSocket implements SendCalls, ReceiveCalls, EphemeralPort.Bindable {
    static {
        Epoll.ensureAvailability(); // LinuxSocket doesn't load the native library itself
    }

    private static final int SOL_SOCKET = 1;
    private static final int SO_MEMINFO = 55;
    private static final int IPPROTO_IP = 0;
    private static final int IP_TTL = 2;
    private static final int IP_MTU = 14;
    private static final int IPPROTO_UDP = 17;
    private static final int UDP_SEGMENT = 103;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_UNICAST_HOPS = 16;
    private static final int IPV6_MTU = 24;
    private static final int IPV6_V6ONLY = 26;

    private final LinuxSocket socket;
    private final IpAddressFamily family;
    private final boolean ipv6;
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
        this.ipv6 = family == IpAddressFamily.IPV6;
    }

    static KernelSocket open(IpAddressFamily family) throws SocketErrorException {
        boolean ipv6 = family == IpAddressFamily.IPV6;
        try {
            SocketProtocolFamily protocol = ipv6 ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET;
            LinuxSocket socket = LinuxSocket.newSocketDgram(protocol);
            KernelSocket opened = null;
            try {
                KernelSocket opening = new KernelSocket(socket, family);
                if (ipv6) { // Netty opens an IPv6 socket for both families
                    opening.setOption(IPPROTO_IPV6, IPV6_V6ONLY, 1);
                }
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
     * but the former peer's.
     */
    void share(KernelSocket other, InetSocketAddress local) throws SocketErrorException {
        try {
            setReusePort(true);
            other.setReusePort(true);
            other.bind(local);
        } finally {
            setReusePort(false);
        }
        other.setReusePort(false);
        try {
            connect(local.getAddress().isAnyLocalAddress() ? new InetSocketAddress("::1", local.getPort()) : local);
        } catch (SocketErrorException unreachable) { // the interface is down, and nothing arrives
        }
    }

    /** Unlike SO_REUSEADDR, it lets no other user's process in. It counts only while a socket is bound. */
    private void setReusePort(boolean on) throws SocketErrorException {
        try {
            socket.setReusePort(on);
        } catch (IOException | ChannelException e) {
            throw NettyErrors.of(Operation.OPTION, e);
        }
    }

    boolean isIpv6() {
        return ipv6;
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
        setOption(IPPROTO_UDP, UDP_SEGMENT, segment);
    }

    @Override
    public int pathPayload() {
        try {
            return PathMtu.payload(family, ipv6 ? getOption(IPPROTO_IPV6, IPV6_MTU) : getOption(IPPROTO_IP, IP_MTU));
        } catch (SocketErrorException e) { // there is no route any more
            return Integer.MAX_VALUE;
        }
    }

    @Override
    public int devicePayload() {
        return PathMtu.devicePayload(family, localAddress());
    }

    int hopLimit() throws SocketErrorException {
        return ipv6 ? getOption(IPPROTO_IPV6, IPV6_UNICAST_HOPS) : getOption(IPPROTO_IP, IP_TTL);
    }

    void hopLimit(int hops) throws SocketErrorException {
        if (ipv6) {
            setOption(IPPROTO_IPV6, IPV6_UNICAST_HOPS, hops);
        } else {
            setOption(IPPROTO_IP, IP_TTL, hops);
        }
    }

    /** socket(7): the kernel doubles what is set, for its own bookkeeping, and returns it doubled. */
    int receiveBuffer() throws SocketErrorException {
        try {
            return socket.getReceiveBufferSize() / 2;
        } catch (IOException | ChannelException e) {
            throw NettyErrors.of(Operation.OPTION, e);
        }
    }

    void receiveBuffer(int bytes) throws SocketErrorException {
        try {
            socket.setReceiveBufferSize(bytes);
        } catch (IOException | ChannelException e) {
            throw NettyErrors.of(Operation.OPTION, e);
        }
    }

    int sendBuffer() throws SocketErrorException {
        try {
            return socket.getSendBufferSize() / 2;
        } catch (IOException | ChannelException e) {
            throw NettyErrors.of(Operation.OPTION, e);
        }
    }

    void sendBuffer(int bytes) throws SocketErrorException {
        try {
            socket.setSendBufferSize(bytes);
        } catch (IOException | ChannelException e) {
            throw NettyErrors.of(Operation.OPTION, e);
        }
    }

    private int getOption(int level, int option) throws SocketErrorException {
        try {
            return socket.getIntOpt(level, option);
        } catch (IOException | ChannelException e) {
            throw NettyErrors.of(Operation.OPTION, e);
        }
    }

    private void setOption(int level, int option, int value) throws SocketErrorException {
        try {
            socket.setIntOpt(level, option, value);
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
