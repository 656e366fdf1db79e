// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.SocketErrorException;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;

/**
 * The options of a socket of Linux by the kernel's numbers, which are the same on every architecture that Java runs on: for
 * transports that reach getsockopt(2) and setsockopt(2). Segmentation is {@link SegmentingSender}'s, and paths are the transport's.
 *
 * <p>Not safe by itself: used under both of a socket's locks, as {@link DatagramTransport} says.
 */
public final class LinuxOptions {
    private static final int SOL_SOCKET = 1;
    private static final int SO_REUSEADDR = 2;
    private static final int SO_BROADCAST = 6;
    private static final int SO_SNDBUF = 7;
    private static final int SO_RCVBUF = 8;
    private static final int SO_REUSEPORT = 15;

    private static final int IPPROTO_IP = 0;
    private static final int IP_TOS = 1;
    private static final int IP_TTL = 2;
    private static final int IP_MTU_DISCOVER = 10;
    private static final int IP_MTU = 14;
    private static final int IP_MULTICAST_TTL = 33;
    private static final int IP_MULTICAST_LOOP = 34;
    private static final int IP_MULTICAST_ALL = 49;

    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_UNICAST_HOPS = 16;
    private static final int IPV6_MULTICAST_IF = 17;
    private static final int IPV6_MULTICAST_HOPS = 18;
    private static final int IPV6_MULTICAST_LOOP = 19;
    private static final int IPV6_MTU_DISCOVER = 23;
    private static final int IPV6_MTU = 24;
    private static final int IPV6_V6ONLY = 26;
    private static final int IPV6_MULTICAST_ALL = 29;
    private static final int IPV6_TCLASS = 67;

    /** IP_PMTUDISC_WANT and IP_PMTUDISC_DO of linux/in.h; those of IPv6 are the same. */
    private static final int DISCOVER_WANT = 1;

    private static final int DISCOVER_DO = 2;

    static final Set<TransportOption> SUPPORTED = EnumSet.complementOf(EnumSet.of(
            TransportOption.SEGMENTATION_OFFLOAD, TransportOption.MAX_SEGMENTS, TransportOption.RECEIVE_PATHS));

    /** getsockopt(2) and setsockopt(2) of one socket. */
    public interface Calls {
        /**
         * Reads an option.
         *
         * @param level its level
         * @param option its number
         * @return its value
         * @throws SocketErrorException if the system refuses
         */
        int get(int level, int option) throws SocketErrorException;

        /**
         * Sets an option.
         *
         * @param level its level
         * @param option its number
         * @param value its value
         * @throws SocketErrorException if the system refuses
         */
        void set(int level, int option, int value) throws SocketErrorException;

        /**
         * Sets an option whose value is a structure.
         *
         * @param level its level
         * @param option its number
         * @param value the structure, a direct buffer from 0 to its capacity
         * @throws SocketErrorException if the system refuses
         */
        void set(int level, int option, ByteBuffer value) throws SocketErrorException;
    }

    private final Calls calls;
    private final IpAddressFamily family;
    private final boolean ipv6;
    private final int level;
    private final LinuxMulticast multicast;

    /**
     * The options of a socket.
     *
     * @param calls the socket
     * @param family its family
     */
    public LinuxOptions(Calls calls, IpAddressFamily family) {
        this.calls = calls;
        this.family = family;
        this.ipv6 = family == IpAddressFamily.IPV6;
        this.level = ipv6 ? IPPROTO_IPV6 : IPPROTO_IP;
        this.multicast = new LinuxMulticast(calls, level);
    }

    /**
     * What is set when a socket is opened: it carries one family ({@link dev.sluice.udp.Rule#U1 U1}), and receives of groups
     * what it joined itself ({@link dev.sluice.udp.Rule#O2 O2}); kernels that lack that option (IPv6 before 4.20) deliver
     * others' groups, too.
     *
     * @throws SocketErrorException if the system refuses
     */
    public void setInitial() throws SocketErrorException {
        if (ipv6) {
            calls.set(IPPROTO_IPV6, IPV6_V6ONLY, 1);
        }
        try {
            calls.set(level, ipv6 ? IPV6_MULTICAST_ALL : IP_MULTICAST_ALL, 0);
        } catch (SocketErrorException missing) { // as said above
        }
    }

    /**
     * Reads and sets, to what it is, each option that every application may need: for a provider that looks whether the
     * system has what it will call ({@link dev.sluice.udp.Rule#V2a V2a}). What else is refused concerns that option alone.
     *
     * @throws SocketErrorException if the system refuses one
     */
    public void probe() throws SocketErrorException {
        for (TransportOption option : EnumSet.of(
                TransportOption.UNICAST_HOP_LIMIT,
                TransportOption.RECEIVE_BUFFER_SIZE,
                TransportOption.SEND_BUFFER_SIZE)) {
            set(option, get(option));
        }
    }

    /**
     * The MTU of the path to the peer.
     *
     * @return the payload of one datagram in bytes; a very large number if there is no route
     */
    public int pathPayload() {
        try {
            return PathMtu.payload(family, calls.get(level, ipv6 ? IPV6_MTU : IP_MTU));
        } catch (SocketErrorException e) {
            return Integer.MAX_VALUE;
        }
    }

    /** Groups, and where they are sent. */
    LinuxMulticast multicast() {
        return multicast;
    }

    /**
     * Reads an option: as {@link DatagramTransport#get}.
     *
     * @param option one that there is
     * @return its value
     * @throws SocketErrorException if the system refuses
     */
    public long get(TransportOption option) throws SocketErrorException {
        int value = calls.get(level(option), number(option));
        return switch (option) {
            case RECEIVE_BUFFER_SIZE, SEND_BUFFER_SIZE -> value / 2; // socket(7): it is returned doubled
            case DONT_FRAGMENT -> value >= DISCOVER_DO ? 1 : 0;
            default -> value;
        };
    }

    /**
     * Sets an option: as {@link DatagramTransport#set}.
     *
     * @param option one that there is
     * @param value its value
     * @throws SocketErrorException if the system refuses
     */
    public void set(TransportOption option, long value) throws SocketErrorException {
        if (option == TransportOption.MULTICAST_INTERFACE && !ipv6) {
            multicast.sendThrough((int) value);
            return;
        }
        int number = (int) value;
        calls.set(
                level(option),
                number(option),
                option == TransportOption.DONT_FRAGMENT ? (value != 0 ? DISCOVER_DO : DISCOVER_WANT) : number);
    }

    private int level(TransportOption option) {
        return switch (option) {
            case RECEIVE_BUFFER_SIZE, SEND_BUFFER_SIZE, BROADCAST, REUSE_ADDRESS, REUSE_PORT -> SOL_SOCKET;
            default -> level;
        };
    }

    private int number(TransportOption option) throws SocketErrorException {
        return switch (option) {
            case UNICAST_HOP_LIMIT -> ipv6 ? IPV6_UNICAST_HOPS : IP_TTL;
            case RECEIVE_BUFFER_SIZE -> SO_RCVBUF;
            case SEND_BUFFER_SIZE -> SO_SNDBUF;
            case BROADCAST -> SO_BROADCAST;
            case REUSE_ADDRESS -> SO_REUSEADDR;
            case REUSE_PORT -> SO_REUSEPORT;
            case TRAFFIC_CLASS -> ipv6 ? IPV6_TCLASS : IP_TOS;
            case MULTICAST_INTERFACE -> ipv6 ? IPV6_MULTICAST_IF : LinuxMulticast.IP_MULTICAST_IF;
            case MULTICAST_HOP_LIMIT -> ipv6 ? IPV6_MULTICAST_HOPS : IP_MULTICAST_TTL;
            case MULTICAST_LOOP -> ipv6 ? IPV6_MULTICAST_LOOP : IP_MULTICAST_LOOP;
            case DONT_FRAGMENT -> ipv6 ? IPV6_MTU_DISCOVER : IP_MTU_DISCOVER;
            case SEGMENTATION_OFFLOAD, MAX_SEGMENTS, RECEIVE_PATHS ->
                throw new SocketErrorException(ErrorCode.NOT_SUPPORTED, option + " is no option of the kernel's");
        };
    }
}
