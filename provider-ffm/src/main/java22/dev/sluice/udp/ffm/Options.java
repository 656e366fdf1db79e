// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.ffm;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.LinuxOptions;
import dev.sluice.udp.spi.Operation;
import dev.sluice.udp.spi.SocketErrors;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;

/** Every use of getsockopt(2) and setsockopt(2), and of those options that this provider alone has. */
final class Options implements LinuxOptions.Calls {
    private static final int SOL_SOCKET = 1;
    private static final int SO_ERROR = 4;
    private static final int SO_MEMINFO = 55;

    /** SK_MEMINFO_DROPS of linux/sock_diag.h, the last of its fields. */
    private static final int DROPS = 8;

    static final int IPPROTO_IP = 0;
    static final int IP_TOS = 1;
    static final int IP_PKTINFO = 8;
    private static final int IP_RECVTOS = 13;

    static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_RECVPKTINFO = 49;
    static final int IPV6_PKTINFO = 50;
    private static final int IPV6_RECVTCLASS = 66;
    static final int IPV6_TCLASS = 67;

    private final int descriptor;
    private final CallMemory memory;

    Options(int descriptor, CallMemory memory) {
        this.descriptor = descriptor;
        this.memory = memory;
    }

    /** Whether this kernel knows UDP_SEGMENT (since Linux 4.18). Sends nothing. */
    boolean canSegment() {
        return trySetting(Messages.SOL_UDP, Messages.UDP_SEGMENT, 0) == 0;
    }

    void setSegmentSize(int segment) throws SocketErrorException {
        set(Messages.SOL_UDP, Messages.UDP_SEGMENT, segment);
    }

    /** Has the kernel hand over coalesced what was sent so, if it can (UDP_GRO, since Linux 5.0). */
    boolean coalesce() {
        return trySetting(Messages.SOL_UDP, Messages.UDP_GRO, 1) == 0;
    }

    /** Has the kernel tell of each message where it came to, and its traffic class, or not. */
    void tellPaths(boolean ipv6, boolean on) throws SocketErrorException {
        int value = on ? 1 : 0;
        if (ipv6) {
            set(IPPROTO_IPV6, IPV6_RECVPKTINFO, value);
            set(IPPROTO_IPV6, IPV6_RECVTCLASS, value);
        } else {
            set(IPPROTO_IP, IP_PKTINFO, value);
            set(IPPROTO_IP, IP_RECVTOS, value);
        }
    }

    /** Takes the pending error: an errno, or 0. */
    int takeError() throws SocketErrorException {
        return get(SOL_SOCKET, SO_ERROR);
    }

    /** What was dropped for want of receive buffer, of 32 bits, which wrap; -1 if the kernel doesn't tell. */
    long drops() {
        int size = (int) memory.memoryInfo.byteSize();
        int result = CLibrary.getsockopt(
                memory.errno, descriptor, SOL_SOCKET, SO_MEMINFO, memory.memoryInfo, memory.length(size));
        return result < 0 ? -1 : Integer.toUnsignedLong(memory.memoryInfo.getAtIndex(JAVA_INT, DROPS));
    }

    @Override
    public int get(int level, int option) throws SocketErrorException {
        int size = (int) JAVA_INT.byteSize();
        check(CLibrary.getsockopt(memory.errno, descriptor, level, option, memory.value(0), memory.length(size)));
        return memory.value.get(JAVA_INT, 0);
    }

    @Override
    public void set(int level, int option, int value) throws SocketErrorException {
        check(trySetting(level, option, value));
    }

    @Override
    public void set(int level, int option, ByteBuffer value) throws SocketErrorException {
        MemorySegment structure = MemorySegment.ofBuffer(value.clear());
        check(CLibrary.setsockopt(memory.errno, descriptor, level, option, structure, (int) structure.byteSize()));
        Reference.reachabilityFence(value);
    }

    private int trySetting(int level, int option, int value) {
        int size = (int) JAVA_INT.byteSize();
        return CLibrary.setsockopt(memory.errno, descriptor, level, option, memory.value(value), size);
    }

    private static void check(int result) throws SocketErrorException {
        if (result < 0) {
            throw SocketErrors.ofLinux(Operation.OPTION, -result, null);
        }
    }
}
