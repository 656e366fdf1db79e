// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import dev.sluice.udp.IncomingDatagramStream;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.Pollable;
import dev.sluice.udp.Poller;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.UdpSockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** Many sockets wait; one after the other gets a datagram, is woken, takes it, and waits again. */
final class WakeUp extends Rounds {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int STRIDE = 7919; // a prime, so that neighbours in time aren't neighbours in memory

    /** The ways to wait for many. */
    enum Way {
        ON_READY("onReady, each"),
        POLLER("a Poller"),
        POLL("Pollable.poll of all");

        final String title;

        Way(String title) {
            this.title = title;
        }
    }

    private final Way way;
    private final Poller<Integer> poller = new Poller<>();
    private final List<UdpSocket> sockets = new ArrayList<>();
    private final List<IncomingDatagramStream> streams = new ArrayList<>();
    private final List<Pollable> pollables = new ArrayList<>();
    private final List<InetSocketAddress> addresses = new ArrayList<>();
    private final BlockingQueue<Integer> woken = new ArrayBlockingQueue<>(1);
    private final DatagramChannel sender = DatagramChannel.open(StandardProtocolFamily.INET);
    private final ByteBuffer payload = ByteBuffer.allocateDirect(64);
    private int next;

    WakeUp(String provider, int count, Way way) throws Exception {
        super(1);
        this.way = way;
        UdpSocketProvider sluice = UdpSockets.provider(provider);
        for (int i = 0; i < count; i++) {
            UdpSocket socket = sluice.createSocket(IpAddressFamily.IPV4);
            sockets.add(socket);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            streams.add(socket.stream(null).incoming());
            addresses.add(socket.localAddress());
            pollables.add(streams.get(i).subscribe());
            if (way == Way.POLLER) {
                poller.add(pollables.get(i), i);
            }
            await(i);
        }
    }

    private void await(int index) {
        if (way == Way.ON_READY) {
            pollables.get(index).onReady(() -> woken.offer(index));
        }
    }

    /** The index of the one that is ready, or null. */
    private Integer wakeUp() throws InterruptedException {
        return switch (way) {
            case ON_READY -> woken.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            case POLLER -> {
                List<Poller.Entry<Integer>> ready = poller.await(PATIENCE);
                yield ready.isEmpty() ? null : ready.get(0).attachment();
            }
            case POLL -> {
                int[] ready = Pollable.poll(pollables, PATIENCE);
                yield ready.length == 0 ? null : ready[0];
            }
        };
    }

    @Override
    void round() throws Exception {
        next = (next + STRIDE) % sockets.size();
        sender.send(payload.rewind(), addresses.get(next));
        Integer index = wakeUp();
        if (index == null || index != next) {
            throw new IllegalStateException("socket " + next + " got a datagram, and woken was " + index);
        }
        if (streams.get(index).receive(1).size() != 1) {
            throw new IllegalStateException("socket " + index + " was woken for nothing");
        }
        await(index);
    }

    @Override
    public void close() throws IOException {
        poller.close();
        sockets.forEach(UdpSocket::close);
        sender.close();
    }
}
