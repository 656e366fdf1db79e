// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.nio;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.spi.Operation;
import dev.sluice.udp.spi.ScratchPool;
import dev.sluice.udp.spi.ScratchPool.Scratch;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;

/**
 * What a socket has received: the channel's queue, and before it what was drained from that. So the changing of a channel's
 * peer, which would throw the channel's queue away, is here too.
 *
 * <p>Its monitor is below the locks of the SPI: an empty datagram is sent under the send lock, and changes the peer while
 * another thread may receive. A monitor, because it is released near the end of the stack, too, and nothing here waits, so that
 * no virtual thread is pinned for long.
 */
final class ReceiveQueue {
    /** How many unwanted datagrams one call drops at most, so that a flood of them can't hold it for ever. */
    private static final int MOST_DROPPED = 4096;

    /** How many errors one draining forgets at most, of a peer that keeps causing them. */
    private static final int MOST_ERRORS = 16;

    private final DatagramChannel channel;
    private final IpAddressFamily family;

    /** Memory for one datagram of any size. */
    private final ScratchPool scratch;

    /** Wakes those that wait to receive, of drained datagrams, which no selector sees. */
    private final Runnable drainedReady;

    private final DrainedQueue drained = new DrainedQueue();

    ReceiveQueue(DatagramChannel channel, IpAddressFamily family, ScratchPool scratch, Runnable drainedReady) {
        this.channel = channel;
        this.family = family;
        this.scratch = scratch;
        this.drainedReady = drainedReady;
    }

    synchronized int receive(DatagramBatch into, int max) throws IOException {
        try {
            int moved = drained.moveTo(into, max, family.maxDatagramSize());
            return moved + receiveFromChannel(into, max - moved);
        } catch (IOException e) {
            throw NioErrors.of(Operation.RECEIVE, e);
        }
    }

    private int receiveFromChannel(DatagramBatch into, int max) throws IOException {
        ByteBuffer tail = into.tail();
        int most = Math.min(max, into.maxDatagrams() - into.size());
        int largest = family.maxDatagramSize();
        int received = 0;
        int dropped = 0;
        while (received < most && tail.remaining() >= largest && dropped < MOST_DROPPED) {
            int start = tail.position();
            InetSocketAddress source = (InetSocketAddress) channel.receive(tail);
            if (source == null) {
                break;
            }
            if (isForeign(source)) {
                tail.position(start);
                dropped++;
            } else {
                into.commit(source, tail.position() - start);
                received++;
            }
        }
        return received;
    }

    /** The JDK opens IPv6 sockets for IPv4 too, and has no option against it (U1). */
    private boolean isForeign(InetSocketAddress source) {
        return family == IpAddressFamily.IPV6 && source.getAddress() instanceof Inet4Address;
    }

    /**
     * Takes everything out of the channel's queue.
     *
     * @throws IOException an error that was pending; not everything may have been taken out then
     */
    synchronized void drain() throws IOException {
        try {
            long most = 4L * channel.getOption(StandardSocketOptions.SO_RCVBUF);
            while (drained.hasRoom(most) && drainOne()) {}
        } finally {
            fireIfReady();
        }
    }

    /**
     * Whether there is a datagram for this socket, where the system's answer may have been about one that isn't (IPv4 on
     * an IPv6 socket): takes those out until it finds one, and keeps that.
     *
     * @throws IOException an error that was pending
     */
    synchronized boolean hasDatagram() throws IOException {
        try {
            return hasDrained() || drainOne();
        } catch (IOException e) {
            throw NioErrors.of(Operation.RECEIVE, e);
        }
    }

    /** Takes the next datagram that isn't foreign out of the channel's queue, if there is one. */
    private boolean drainOne() throws IOException {
        Scratch borrowed = scratch.take();
        ByteBuffer buffer = borrowed.batch().tail();
        try {
            for (int dropped = 0; dropped < MOST_DROPPED; dropped++) {
                InetSocketAddress source = (InetSocketAddress) channel.receive(buffer.clear());
                if (source == null) {
                    return false;
                }
                if (!isForeign(source)) {
                    byte[] payload = new byte[buffer.position()];
                    buffer.get(0, payload);
                    drained.add(source, payload);
                    return true;
                }
            }
            return false;
        } finally {
            scratch.giveBack(borrowed);
        }
    }

    /** The same; errors that are pending are about a former peer, and forgotten. */
    void drainQuietly() throws IOException {
        for (int errors = 0; errors < MOST_ERRORS; errors++) {
            try {
                drain();
                return;
            } catch (ClosedChannelException closed) {
                throw closed;
            } catch (IOException forgotten) {
                // and on: the error came before what is queued
            }
        }
    }

    /** Disconnects the channel. */
    synchronized void detach() throws IOException {
        if (channel.isConnected()) {
            channel.disconnect();
            drainQuietly(); // an error still pending would swallow the next datagram sent, and report it as sent
        }
    }

    /** Connects the channel, which is not connected. */
    synchronized void attach(InetSocketAddress peer) throws IOException {
        drainQuietly(); // connect throws away what is queued
        try {
            channel.connect(peer);
        } catch (IOException e) {
            if (!channel.isConnected()) { // else it was only an old error, met while throwing away
                throw e;
            }
        }
    }

    /**
     * Turns the channel, which has no peer, away from everything but itself, so that what arrives goes to another one on
     * its port. If that can't be, the kernel prefers the other for all but the former peer's.
     */
    synchronized void turnAway(InetSocketAddress local) throws IOException {
        try {
            drainQuietly(); // connect throws away what is queued
            channel.connect(
                    local.getAddress().isAnyLocalAddress() ? new InetSocketAddress("::1", local.getPort()) : local);
        } catch (ClosedChannelException closed) {
            throw closed;
        } catch (IOException unreachable) { // the interface is down, and nothing arrives
        }
    }

    boolean hasDrained() {
        return !drained.isEmpty();
    }

    /** Wakes those that wait to receive, if something is drained. */
    void fireIfReady() {
        if (hasDrained()) {
            drainedReady.run();
        }
    }
}
