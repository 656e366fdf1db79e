// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.ffm;

import static dev.sluice.udp.spi.DatagramTransport.READABLE;
import static dev.sluice.udp.spi.DatagramTransport.WRITABLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.Addresses;
import dev.sluice.udp.spi.EphemeralPort;
import dev.sluice.udp.spi.LinuxOptions;
import dev.sluice.udp.spi.Operation;
import dev.sluice.udp.spi.PathMtu;
import dev.sluice.udp.spi.SendCalls;
import dev.sluice.udp.spi.SocketErrors;
import dev.sluice.udp.spi.TransportOption;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * A UDP socket's descriptor, and the system calls on it.
 *
 * <p>Nothing here guards against use after {@link #close}, which would reach the socket that has the descriptor by then:
 * the SPI's locks do, {@link EpollRegistration} and {@link CallerWait}. Calls for sending use one piece of native memory,
 * those for receiving another, as the SPI's locks have it; bind, connect and options may use either.
 */
final class KernelSocket implements SendCalls, EphemeralPort.Bindable {
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_NONBLOCK = 0x800;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int POLLIN = 1;
    private static final int POLLOUT = 4;
    private static final int EAGAIN = 11;

    private final int descriptor;
    private final IpAddressFamily family;
    private final boolean ipv6;
    private final Options calls;
    private final Options receivingCalls;
    private final LinuxOptions options;

    // Under the send lock.
    private final CallMemory sending;
    private final DirectMemory memory = new DirectMemory();

    /** What is written in the address of {@link #sending}: it often stays the same. */
    private InetSocketAddress destination;

    private int destinationLength;

    /** Under the receive lock. */
    private final CallMemory receiving;

    private KernelSocket(int descriptor, IpAddressFamily family, CallMemory sending, CallMemory receiving) {
        this.descriptor = descriptor;
        this.family = family;
        this.ipv6 = family == IpAddressFamily.IPV6;
        this.sending = sending;
        this.receiving = receiving;
        this.calls = new Options(descriptor, sending);
        this.receivingCalls = new Options(descriptor, receiving);
        this.options = new LinuxOptions(calls, family);
    }

    static KernelSocket open(IpAddressFamily family) throws SocketErrorException {
        Arena arena = Arena.ofAuto();
        CallMemory sending = new CallMemory(arena);
        CallMemory receiving = new CallMemory(arena);
        int domain = family == IpAddressFamily.IPV6 ? SocketAddresses.AF_INET6 : SocketAddresses.AF_INET;
        int descriptor = CLibrary.socket(sending.errno, domain, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        if (descriptor < 0) {
            throw SocketErrors.ofLinux(Operation.CREATE, -descriptor, null);
        }
        boolean opened = false;
        try {
            KernelSocket socket = new KernelSocket(descriptor, family, sending, receiving);
            socket.options.setInitial();
            opened = true;
            return socket;
        } finally {
            if (!opened) {
                CLibrary.close(sending.errno, descriptor);
            }
        }
    }

    /** For epoll and poll. */
    int descriptor() {
        return descriptor;
    }

    boolean isIpv6() {
        return ipv6;
    }

    Options calls() {
        return calls;
    }

    LinuxOptions options() {
        return options;
    }

    @Override
    public void bind(InetSocketAddress local) throws SocketErrorException {
        int length = writeAddress(local);
        check(Operation.BIND, CLibrary.bind(sending.errno, descriptor, sending.address, length));
    }

    void connect(InetSocketAddress remote) throws SocketErrorException {
        int length = writeAddress(remote);
        check(Operation.CONNECT, CLibrary.connect(sending.errno, descriptor, sending.address, length));
    }

    /** Drops the peer; also the port, unless bind was given it explicitly. */
    @Override
    public void disconnect() throws SocketErrorException {
        destination = null;
        sending.address.fill((byte) 0);
        sending.address.set(JAVA_SHORT, Layouts.FAMILY, (short) SocketAddresses.AF_UNSPEC);
        int length = SocketAddresses.SIZE;
        check(Operation.CONNECT, CLibrary.connect(sending.errno, descriptor, sending.address, length));
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

    @Override
    public InetSocketAddress localAddress() throws SocketErrorException {
        destination = null;
        MemorySegment length = sending.length(SocketAddresses.SIZE);
        check(Operation.BIND, CLibrary.getsockname(sending.errno, descriptor, sending.address, length));
        return SocketAddresses.read(ipv6, sending.address, 0);
    }

    private int writeAddress(InetSocketAddress address) {
        if (!Addresses.same(destination, address)) {
            destination = null;
            destinationLength = SocketAddresses.write(address, sending.address, 0);
            destination = address;
        }
        return destinationLength;
    }

    @Override
    public boolean send(ByteBuffer batch, int from, int to, InetSocketAddress remote) throws SocketErrorException {
        MemorySegment segment = memory.of(batch);
        Objects.checkFromToIndex((long) from, to, segment.byteSize());
        try {
            long sent = send(segment.address() + from, (long) to - from, remote);
            return isDone(Operation.SEND, (int) sent);
        } finally {
            Reference.reachabilityFence(batch);
        }
    }

    private long send(long payload, long size, InetSocketAddress remote) {
        if (remote == null) {
            return CLibrary.sendto(sending.errno, descriptor, payload, size, MemorySegment.NULL, 0);
        }
        int length = writeAddress(remote);
        return CLibrary.sendto(sending.errno, descriptor, payload, size, sending.address, length);
    }

    /** Sends the first messages of an array, and says how many went. */
    int send(Messages messages, int count) throws SocketErrorException {
        int sent = CLibrary.sendmmsg(messages.errno, descriptor, messages.headers, count, 0);
        return isDone(Operation.SEND, sent) ? sent : 0;
    }

    /** Fills the first messages of an array, and says how many. */
    int receive(Messages messages, int count) throws SocketErrorException {
        messages.prepareToReceive(count);
        int received = CLibrary.recvmmsg(messages.errno, descriptor, messages.headers, count, 0);
        return isDone(Operation.RECEIVE, received) ? received : 0;
    }

    private static boolean isDone(Operation operation, int result) throws SocketErrorException {
        if (result == -EAGAIN) {
            return false;
        }
        check(operation, result);
        return true;
    }

    private static void check(Operation operation, int result) throws SocketErrorException {
        if (result < 0) {
            throw SocketErrors.ofLinux(operation, -result, null);
        }
    }

    /** Asks poll(2), which consumes nothing: a pending error stays, and counts as both. */
    int ready(int interest) throws SocketErrorException {
        CallMemory call = interest == READABLE ? receiving : sending;
        MemorySegment pollfd = call.pollfd;
        pollfd.set(JAVA_INT, Layouts.POLL_FD, descriptor);
        pollfd.set(JAVA_SHORT, Layouts.POLL_EVENTS, (short) pollEvents(interest));
        int ready = CLibrary.poll(call.errno, pollfd, 1, 0);
        check(Operation.OPTION, ready);
        return ready == 0 ? 0 : interest & ofPoll(pollfd.get(JAVA_SHORT, Layouts.POLL_REVENTS));
    }

    /** What poll(2) and epoll(7), whose bits are the same, are to be asked for. */
    static int pollEvents(int interest) {
        return ((interest & READABLE) != 0 ? POLLIN : 0) | ((interest & WRITABLE) != 0 ? POLLOUT : 0);
    }

    /** The SPI's bits for those of poll(2) and epoll(7); whatever else they report is an error, which counts as both. */
    static int ofPoll(int events) {
        boolean error = (events & ~(POLLIN | POLLOUT)) != 0;
        return error
                ? READABLE | WRITABLE
                : ((events & POLLIN) != 0 ? READABLE : 0) | ((events & POLLOUT) != 0 ? WRITABLE : 0);
    }

    /** What was dropped for want of receive buffer; -1 if the kernel doesn't tell. Under the receive lock. */
    long drops() {
        return receivingCalls.drops();
    }

    @Override
    public void setSegmentSize(int segment) throws SocketErrorException {
        calls.setSegmentSize(segment);
    }

    @Override
    public int pathPayload() {
        return options.pathPayload();
    }

    @Override
    public int devicePayload() {
        try {
            return PathMtu.devicePayload(family, localAddress());
        } catch (SocketErrorException e) {
            return Integer.MAX_VALUE;
        }
    }

    void close() {
        CLibrary.close(sending.errno, descriptor); // close(2): whatever it answers, the descriptor is released
    }
}
