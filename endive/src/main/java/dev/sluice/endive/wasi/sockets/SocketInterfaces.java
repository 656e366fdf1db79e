// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.sockets;

import dev.sluice.endive.abi.Functions;
import dev.sluice.endive.async.StreamBuiltins;
import dev.sluice.endive.async.Tasks;
import dev.sluice.udp.Network;
import dev.sluice.udp.UdpSocketProvider;
import java.util.function.Predicate;

/** {@code wasi:sockets} for one guest. */
public final class SocketInterfaces implements AutoCloseable {
    private final Network allowed;
    private final int heldBytes;
    private final OpenSockets open;
    private final OpenChannels channels;
    private final NetworkInterfaces network;
    private final UdpInterface udp;
    private final NameLookupInterface nameLookup;

    /**
     * @param provider creates the sockets
     * @param network what they may bind, send to and receive from
     * @param names which host names the guest may resolve
     * @param maxSockets how many sockets it may have at a time
     * @param heldBytes the size of the buffer for the datagrams of one call
     * @param datagramsPerReceive the most that one {@code receive} returns
     */
    public SocketInterfaces(
            UdpSocketProvider provider,
            Network network,
            Predicate<String> names,
            int maxSockets,
            int heldBytes,
            int datagramsPerReceive) {
        this.allowed = network;
        this.heldBytes = heldBytes;
        this.open = new OpenSockets(provider, maxSockets);
        // Each connection has two buffers, and all of them together take no more than may be held.
        this.channels =
                new OpenChannels(open, Math.max(1, Math.min(64 << 10, heldBytes / 2 / Math.max(1, maxSockets))));
        this.network = new NetworkInterfaces(network, open, channels);
        this.udp = new UdpInterface(new Datagrams(heldBytes), datagramsPerReceive);
        this.nameLookup = new NameLookupInterface(names);
    }

    public void declare(Functions functions) {
        network.declare(functions);
        udp.declare(functions);
        TcpInterface.declare(functions);
        nameLookup.declare(functions);
    }

    /** Declares {@code wasi:sockets} of 0.3. */
    public void declare03(Functions functions, StreamBuiltins builtins, Tasks tasks) {
        new UdpInterface03(open, allowed, tasks, heldBytes).declare(functions);
        new TcpInterface03(channels, allowed, tasks).declare(functions, builtins);
        new NameLookupInterface03(nameLookup, tasks).declare(functions);
    }

    /** Closes all sockets. From any thread. */
    @Override
    public void close() {
        open.close();
        channels.close();
    }
}
