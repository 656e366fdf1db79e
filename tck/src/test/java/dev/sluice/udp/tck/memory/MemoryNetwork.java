// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck.memory;

import dev.sluice.udp.spi.Errno;
import dev.sluice.udp.spi.Operation;
import dev.sluice.udp.spi.SocketErrors;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is bound to which address, and what is under way. Guarded by its one monitor. */
final class MemoryNetwork {
    static final MemoryNetwork INSTANCE = new MemoryNetwork();

    private static final int FIRST_EPHEMERAL = 32_768;
    private static final int LAST_EPHEMERAL = 60_999;
    private static final int NONE = -1;

    /** By port, then by host. */
    private final Map<Integer, Map<InetAddress, MemoryEnd>> ends = new HashMap<>();

    private int nextPort = FIRST_EPHEMERAL;

    /** What hasn't left yet, in order; null unless the network holds. */
    private List<Delivery> held;

    private int refusedSize = NONE;

    private MemoryNetwork() {}

    synchronized InetSocketAddress bind(InetSocketAddress wanted, MemoryEnd end) throws IOException {
        InetAddress host = wanted.getAddress();
        if (!host.isLoopbackAddress() && !host.isAnyLocalAddress()) {
            throw SocketErrors.of(Operation.BIND, Errno.EADDRNOTAVAIL, null);
        }
        InetSocketAddress actual = wanted.getPort() == 0 ? free(host) : wanted;
        if (isTaken(actual)) {
            throw SocketErrors.of(Operation.BIND, Errno.EADDRINUSE, null);
        }
        ends.computeIfAbsent(actual.getPort(), port -> new HashMap<>()).put(host, end);
        return actual;
    }

    private InetSocketAddress free(InetAddress host) throws IOException {
        for (int tries = FIRST_EPHEMERAL; tries <= LAST_EPHEMERAL; tries++) {
            InetSocketAddress candidate = new InetSocketAddress(host, nextPort);
            nextPort = nextPort == LAST_EPHEMERAL ? FIRST_EPHEMERAL : nextPort + 1;
            if (!isTaken(candidate)) {
                return candidate;
            }
        }
        throw SocketErrors.of(Operation.BIND, Errno.EADDRINUSE, null);
    }

    private boolean isTaken(InetSocketAddress address) {
        return ends.getOrDefault(address.getPort(), Map.of()).keySet().stream()
                .anyMatch(host -> isIpv4(host) == isIpv4(address.getAddress())
                        && (host.equals(address.getAddress())
                                || host.isAnyLocalAddress()
                                || address.getAddress().isAnyLocalAddress()));
    }

    private static boolean isIpv4(InetAddress host) {
        return host instanceof Inet4Address;
    }

    synchronized void release(InetSocketAddress address) {
        ends.get(address.getPort()).remove(address.getAddress());
    }

    /** What one datagram's arrival does. */
    interface Delivery {
        void run(boolean held);
    }

    /** Runs a delivery: at once, or later if the network holds. */
    void transmit(Delivery delivery) {
        synchronized (this) {
            if (held != null) {
                held.add(delivery);
                return;
            }
        }
        delivery.run(false);
    }

    synchronized void hold() {
        if (held == null) {
            held = new ArrayList<>();
        }
    }

    void release() {
        List<Delivery> released;
        synchronized (this) {
            released = held == null ? List.of() : held;
            held = null;
        }
        released.forEach(delivery -> delivery.run(true));
    }

    synchronized void refuse(int bytes) {
        refusedSize = bytes;
    }

    synchronized void refuseNone() {
        refusedSize = NONE;
    }

    /** Delivers, or drops where the receiver is full; says whether something is bound there. */
    boolean deliver(byte[] payload, InetSocketAddress from, InetSocketAddress to) {
        MemoryEnd end = at(to, payload.length);
        if (end != null) {
            end.arrive(payload, from);
        }
        return end != null;
    }

    private synchronized MemoryEnd at(InetSocketAddress address, int bytes) {
        if (bytes == refusedSize) {
            return null;
        }
        Map<InetAddress, MemoryEnd> there = ends.getOrDefault(address.getPort(), Map.of());
        return there.getOrDefault(address.getAddress(), there.get(unspecified(address)));
    }

    private static InetAddress unspecified(InetSocketAddress like) {
        try {
            return InetAddress.getByAddress(new byte[like.getAddress().getAddress().length]);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
