// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.ffm;

import dev.sluice.udp.DatagramPath;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.Addresses;
import dev.sluice.udp.spi.MultiSendCalls;
import java.lang.foreign.Arena;
import java.lang.ref.Reference;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** Several sends in one sendmmsg(2). Its memory is allocated by the first use: many sockets never need it. */
final class MessageSender implements MultiSendCalls {
    private static final int CAPACITY = 64;

    private final KernelSocket socket;
    private final DirectMemory memory = new DirectMemory();
    private Messages messages;

    /** What each message's address was when it was written: it often stays the same. */
    private InetSocketAddress[] destinations;

    /** The same of its path. */
    private DatagramPath[] paths;

    private int prepared;
    private ByteBuffer payloads;

    MessageSender(KernelSocket socket) {
        this.socket = socket;
    }

    @Override
    public int capacity() {
        return CAPACITY;
    }

    @Override
    public void prepare(ByteBuffer batch, int from, int to, int segment, InetSocketAddress remote, DatagramPath path) {
        if (messages == null) {
            destinations = new InetSocketAddress[CAPACITY];
            paths = new DatagramPath[CAPACITY];
            messages = new Messages(CAPACITY, Arena.ofAuto());
        }
        payloads = batch;
        int index = prepared;
        messages.setBuffer(index, memory.of(batch), from, to);
        if (paths[index] != path) {
            paths[index] = null;
            messages.setPath(index, socket.isIpv6(), path);
            paths[index] = path;
        }
        messages.setSegmentSize(index, segment);
        if (!Addresses.same(destinations[index], remote)) {
            destinations[index] = null;
            messages.setDestination(index, remote);
            destinations[index] = remote;
        }
        prepared = index + 1;
    }

    @Override
    public int sendPrepared() throws SocketErrorException {
        int count = prepared;
        prepared = 0;
        try {
            return socket.send(messages, count);
        } finally {
            Reference.reachabilityFence(payloads);
        }
    }
}
