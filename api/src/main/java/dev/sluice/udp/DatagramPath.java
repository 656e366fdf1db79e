// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Objects;

/**
 * What goes with a datagram besides its payload and its remote address: the local address and interface that it came to
 * or leaves from, and its traffic class with the ECN bits ({@link Rule#O3 O3}).
 *
 * <p>Of a datagram that arrived it tells what the system knows. Of a datagram to send it says what the application chooses,
 * and leaves the rest to the socket and to the routes.
 *
 * <p>Immutable, and equal by value. Datagrams that share one object are batched at no cost, so keep what is used again.
 */
public final class DatagramPath {
    /** The traffic class where none is known or chosen. */
    public static final int UNSET = -1;

    /** The ECN bits of a datagram whose sender does not use ECN. */
    public static final int NOT_ECT = 0;

    /** The ECN bits of a datagram whose sender uses ECN: ECT(1). */
    public static final int ECT_1 = 1;

    /** The ECN bits of a datagram whose sender uses ECN: ECT(0). */
    public static final int ECT_0 = 2;

    /** The ECN bits that a congested router has set. */
    public static final int CE = 3;

    private static final int ECN_BITS = 3;
    private static final int MOST = 255;
    private static final DatagramPath CHOOSES_NOTHING = new DatagramPath(null, null, 0, UNSET);

    private final InetAddress localAddress;
    private final InetAddress destination;
    private final int interfaceIndex;
    private final int trafficClass;

    /** Made when it is first asked for. Immutable, so threads may race for it. */
    private DatagramPath back;

    private DatagramPath(InetAddress localAddress, InetAddress destination, int interfaceIndex, int trafficClass) {
        if (interfaceIndex < 0) {
            throw new IllegalArgumentException("an interface index of " + interfaceIndex + "; 1 or more are possible");
        }
        if (trafficClass < UNSET || trafficClass > MOST) {
            throw new IllegalArgumentException("a traffic class of " + trafficClass + "; 0 to 255 are possible");
        }
        this.localAddress = localAddress;
        this.destination = destination;
        this.interfaceIndex = interfaceIndex;
        this.trafficClass = trafficClass;
    }

    /**
     * The path of a datagram that leaves from a local address.
     *
     * @param localAddress an address of this host, of the socket's family; link-local ones with their scope
     * @return a path that chooses nothing else
     */
    public static DatagramPath from(InetAddress localAddress) {
        return new DatagramPath(Objects.requireNonNull(localAddress, "localAddress"), null, 0, UNSET);
    }

    /**
     * The path of a datagram with a traffic class, from the address that the system chooses.
     *
     * @param trafficClass 0 to 255, as {@link #withTrafficClass}
     * @return a path that chooses nothing else
     * @throws IllegalArgumentException if it is another number
     */
    public static DatagramPath ofTrafficClass(int trafficClass) {
        return CHOOSES_NOTHING.withTrafficClass(trafficClass);
    }

    /**
     * The path of a datagram that arrived. For providers.
     *
     * @param localAddress the address of this host to answer from; null if there is none, or it isn't known
     * @param destination the address that the datagram was sent to: the same, a group, or a broadcast address
     * @param interfaceIndex of the interface it came in by; 0 if it isn't known
     * @param trafficClass 0 to 255, or {@link #UNSET}
     * @return the path
     */
    public static DatagramPath received(
            InetAddress localAddress, InetAddress destination, int interfaceIndex, int trafficClass) {
        return new DatagramPath(localAddress, destination, interfaceIndex, trafficClass);
    }

    /**
     * The same with an interface to leave by.
     *
     * @param index as {@link java.net.NetworkInterface#getIndex()} has it; 0 for the one that the routes choose
     * @return a path
     * @throws IllegalArgumentException if it is negative
     */
    public DatagramPath withInterface(int index) {
        return new DatagramPath(localAddress, destination, index, trafficClass);
    }

    /**
     * The same with a traffic class: IPv4's type of service, which is the DSCP and, in the lowest two bits, the ECN bits. It
     * takes the place of the socket's own.
     *
     * @param octet 0 to 255; {@link #UNSET} for the socket's own
     * @return a path
     * @throws IllegalArgumentException if it is another number
     */
    public DatagramPath withTrafficClass(int octet) {
        return new DatagramPath(localAddress, destination, interfaceIndex, octet);
    }

    /**
     * The same with other ECN bits. A traffic class that was unset has no DSCP then.
     *
     * @param bits {@link #NOT_ECT}, {@link #ECT_0}, {@link #ECT_1} or {@link #CE}
     * @return a path
     * @throws IllegalArgumentException if it is another number
     */
    public DatagramPath withEcn(int bits) {
        if ((bits & ~ECN_BITS) != 0) {
            throw new IllegalArgumentException("ECN bits of " + bits + "; 0 to 3 are possible");
        }
        int dscp = trafficClass == UNSET ? 0 : trafficClass & ~ECN_BITS;
        return withTrafficClass(dscp | bits);
    }

    /**
     * The path of an answer: from the local address of this one, all else left to the system. The ECN bits of an answer say
     * nothing of those that arrived (RFC 3168), and the way back may lead through another interface.
     *
     * @return a path, made once
     */
    public DatagramPath back() {
        DatagramPath known = back;
        if (known == null) {
            known = localAddress == null ? CHOOSES_NOTHING : from(localAddress);
            back = known;
        }
        return known;
    }

    /**
     * The address of this host that the datagram came to or leaves from.
     *
     * @return the address; null if it isn't known, or left to the system
     */
    public InetAddress localAddress() {
        return localAddress;
    }

    /**
     * The address that a datagram which arrived was sent to: {@link #localAddress()}, a multicast group, or a broadcast
     * address. It chooses nothing of a datagram to send.
     *
     * @return the address; null if it isn't known
     */
    public InetAddress destination() {
        return destination;
    }

    /**
     * The index of the interface that the datagram came in by or leaves by.
     *
     * @return the index; 0 if it isn't known, or left to the routes
     */
    public int interfaceIndex() {
        return interfaceIndex;
    }

    /**
     * The traffic class: IPv4's type of service, DSCP and ECN bits.
     *
     * @return 0 to 255; {@link #UNSET} if it isn't known, or the socket's own
     */
    public int trafficClass() {
        return trafficClass;
    }

    /**
     * The ECN bits (RFC 3168).
     *
     * @return {@link #NOT_ECT}, {@link #ECT_0}, {@link #ECT_1} or {@link #CE}; {@link #UNSET} if they aren't known, or the
     *     socket's own
     */
    public int ecn() {
        return trafficClass == UNSET ? UNSET : trafficClass & ECN_BITS;
    }

    /**
     * Whether two paths are the same.
     *
     * @param other another path
     * @return whether all four parts are equal, and the scopes of IPv6 addresses, too
     */
    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof DatagramPath path
                        && interfaceIndex == path.interfaceIndex
                        && trafficClass == path.trafficClass
                        && isSame(localAddress, path.localAddress)
                        && isSame(destination, path.destination);
    }

    private static boolean isSame(InetAddress one, InetAddress other) {
        return Objects.equals(one, other) && scope(one) == scope(other);
    }

    /** {@link Inet6Address#equals} ignores it. */
    private static int scope(InetAddress address) {
        return address instanceof Inet6Address six ? six.getScopeId() : 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(localAddress, destination, interfaceIndex, trafficClass);
    }

    @Override
    public String toString() {
        return "DatagramPath[" + (localAddress == null ? "any address" : localAddress.getHostAddress())
                + (destination == null || destination.equals(localAddress)
                        ? ""
                        : ", sent to " + destination.getHostAddress())
                + (interfaceIndex == 0 ? "" : ", interface " + interfaceIndex)
                + (trafficClass == UNSET ? "" : ", traffic class " + trafficClass) + "]";
    }
}
