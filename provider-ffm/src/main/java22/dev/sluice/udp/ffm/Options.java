package dev.sluice.udp.ffm;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.Operation;
import dev.sluice.udp.spi.SocketErrors;

/** The options of a socket: every use of getsockopt(2) and setsockopt(2), and of Linux's numbers for them. */
final class Options {
    private static final int SOL_SOCKET = 1;
    private static final int SO_ERROR = 4;
    private static final int SO_SNDBUF = 7;
    private static final int SO_RCVBUF = 8;
    private static final int SO_REUSEPORT = 15;
    private static final int IPPROTO_IP = 0;
    private static final int IP_TTL = 2;
    private static final int IP_MTU = 14;
    private static final int IP_MULTICAST_ALL = 49;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_UNICAST_HOPS = 16;
    private static final int IPV6_MTU = 24;
    private static final int IPV6_V6ONLY = 26;
    private static final int IPV6_MULTICAST_ALL = 29;

    private final int descriptor;
    private final CallMemory memory;

    Options(int descriptor, CallMemory memory) {
        this.descriptor = descriptor;
        this.memory = memory;
    }

    /**
     * What is set when a socket is opened. A group that another socket joined is not this one's; kernels that lack that
     * option (IPv6 before 4.20) deliver it.
     */
    void setInitial(boolean ipv6) throws SocketErrorException {
        if (ipv6) {
            set(IPPROTO_IPV6, IPV6_V6ONLY, 1);
            trySet(IPPROTO_IPV6, IPV6_MULTICAST_ALL, 0);
        } else {
            trySet(IPPROTO_IP, IP_MULTICAST_ALL, 0);
        }
    }

    /** Whether this kernel knows UDP_SEGMENT (since Linux 4.18). Sends nothing. */
    boolean canSegment() {
        return trySet(Messages.SOL_UDP, Messages.UDP_SEGMENT, 0);
    }

    void setSegmentSize(int segment) throws SocketErrorException {
        set(Messages.SOL_UDP, Messages.UDP_SEGMENT, segment);
    }

    /** Has the kernel hand over coalesced what was sent so, if it can (UDP_GRO, since Linux 5.0). */
    boolean coalesce() {
        return trySet(Messages.SOL_UDP, Messages.UDP_GRO, 1);
    }

    /** Takes the pending error: an errno, or 0. */
    int takeError() throws SocketErrorException {
        return get(SOL_SOCKET, SO_ERROR);
    }

    int pathMtu(boolean ipv6) throws SocketErrorException {
        return ipv6 ? get(IPPROTO_IPV6, IPV6_MTU) : get(IPPROTO_IP, IP_MTU);
    }

    int hopLimit(boolean ipv6) throws SocketErrorException {
        return ipv6 ? get(IPPROTO_IPV6, IPV6_UNICAST_HOPS) : get(IPPROTO_IP, IP_TTL);
    }

    void hopLimit(boolean ipv6, int hops) throws SocketErrorException {
        if (ipv6) {
            set(IPPROTO_IPV6, IPV6_UNICAST_HOPS, hops);
        } else {
            set(IPPROTO_IP, IP_TTL, hops);
        }
    }

    /** socket(7): the kernel doubles what is set, for its own bookkeeping, and returns it doubled. */
    int receiveBuffer() throws SocketErrorException {
        return get(SOL_SOCKET, SO_RCVBUF) / 2;
    }

    void receiveBuffer(int bytes) throws SocketErrorException {
        set(SOL_SOCKET, SO_RCVBUF, bytes);
    }

    int sendBuffer() throws SocketErrorException {
        return get(SOL_SOCKET, SO_SNDBUF) / 2;
    }

    void sendBuffer(int bytes) throws SocketErrorException {
        set(SOL_SOCKET, SO_SNDBUF, bytes);
    }

    /** Unlike SO_REUSEADDR, it lets no other user's process in. It counts only while a socket is bound. */
    void reusePort(boolean on) throws SocketErrorException {
        set(SOL_SOCKET, SO_REUSEPORT, on ? 1 : 0);
    }

    private int get(int level, int option) throws SocketErrorException {
        int size = (int) JAVA_INT.byteSize();
        int result = CLibrary.getsockopt(memory.errno, descriptor, level, option, memory.value(0), memory.length(size));
        if (result < 0) {
            throw SocketErrors.ofLinux(Operation.OPTION, -result, null);
        }
        return memory.value.get(JAVA_INT, 0);
    }

    private void set(int level, int option, int value) throws SocketErrorException {
        int result = trySetting(level, option, value);
        if (result < 0) {
            throw SocketErrors.ofLinux(Operation.OPTION, -result, null);
        }
    }

    private boolean trySet(int level, int option, int value) {
        return trySetting(level, option, value) == 0;
    }

    private int trySetting(int level, int option, int value) {
        int size = (int) JAVA_INT.byteSize();
        return CLibrary.setsockopt(memory.errno, descriptor, level, option, memory.value(value), size);
    }
}
