package com.example.udp.memory;

import dev.sluice.udp.spi.Errno;
import dev.sluice.udp.spi.Operation;
import dev.sluice.udp.spi.SocketErrors;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is bound to which address. Only the loopback addresses, and the unspecified ones for all of them, exist here. */
final class MemoryNetwork {
    private static final int FIRST_EPHEMERAL = 32_768;
    private static final int LAST_EPHEMERAL = 60_999;

    /** What is bound to an address. */
    interface Receiver {
        void arrive(byte[] payload, InetSocketAddress source);
    }

    /** By port, then by host. Guarded by the class. */
    private static final Map<Integer, Map<InetAddress, Receiver>> RECEIVERS = new HashMap<>();

    private static int lastPort = LAST_EPHEMERAL;

    /** What has not left yet, in order, while the network holds; else null. Guarded by the class. */
    private static List<Runnable> held;

    /** A datagram of this size meets a closed port; -1 for none. Guarded by the class. */
    private static int refusedSize = -1;

    private MemoryNetwork() {}

    static synchronized InetSocketAddress bind(InetSocketAddress wanted, Receiver receiver) throws IOException {
        InetAddress host = wanted.getAddress();
        if (!host.isLoopbackAddress() && !host.isAnyLocalAddress()) {
            throw SocketErrors.of(Operation.BIND, Errno.EADDRNOTAVAIL, null);
        }
        int port = wanted.getPort() == 0 ? freePort(host) : wanted.getPort();
        if (isTaken(host, port)) {
            throw SocketErrors.of(Operation.BIND, Errno.EADDRINUSE, null);
        }
        RECEIVERS.computeIfAbsent(port, added -> new HashMap<>()).put(host, receiver);
        return new InetSocketAddress(host, port);
    }

    /** The next free one, so that a port isn't given again soon; a taken one if none is free. */
    private static int freePort(InetAddress host) {
        for (int tries = FIRST_EPHEMERAL; tries <= LAST_EPHEMERAL; tries++) {
            lastPort = lastPort == LAST_EPHEMERAL ? FIRST_EPHEMERAL : lastPort + 1;
            if (!isTaken(host, lastPort)) {
                break;
            }
        }
        return lastPort;
    }

    private static boolean isTaken(InetAddress host, int port) {
        return RECEIVERS.getOrDefault(port, Map.of()).keySet().stream()
                .anyMatch(bound -> covers(bound, host) || covers(host, bound));
    }

    /** Whether what is bound to the one gets what is sent to the other. */
    private static boolean covers(InetAddress bound, InetAddress host) {
        return bound.getClass() == host.getClass() && (bound.equals(host) || bound.isAnyLocalAddress());
    }

    static synchronized void unbind(InetSocketAddress bound) {
        RECEIVERS.get(bound.getPort()).remove(bound.getAddress());
    }

    /** Runs a delivery: at once, or later if the network holds. */
    static void transmit(Runnable delivery) {
        synchronized (MemoryNetwork.class) {
            if (held != null) {
                held.add(delivery);
                return;
            }
        }
        delivery.run();
    }

    /** From now on nothing leaves. */
    static synchronized void hold() {
        held = held == null ? new ArrayList<>() : held;
    }

    /** What was held leaves. */
    static void release() {
        List<Runnable> released;
        synchronized (MemoryNetwork.class) {
            released = held == null ? List.of() : held;
            held = null;
        }
        released.forEach(Runnable::run);
    }

    /** From now on datagrams of one size meet a closed port; -1: none do. */
    static synchronized void refuse(int size) {
        refusedSize = size;
    }

    /** Delivers a datagram, and says whether a socket is bound there. */
    static boolean deliver(byte[] payload, InetSocketAddress source, InetSocketAddress destination) {
        Receiver receiver = receiver(destination, payload.length);
        if (receiver != null) {
            receiver.arrive(payload, source); // under no lock: it takes its own
        }
        return receiver != null;
    }

    private static synchronized Receiver receiver(InetSocketAddress destination, int size) {
        if (size == refusedSize) {
            return null;
        }
        return RECEIVERS.getOrDefault(destination.getPort(), Map.of()).entrySet().stream()
                .filter(entry -> covers(entry.getKey(), destination.getAddress()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }
}
