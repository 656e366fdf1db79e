// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.soak;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.Network;
import dev.sluice.udp.Pollable;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** One provider in one family, with a peer: plays scene after scene on one thread. */
final class Lane {
    /**
     * How many datagrams may be sent and not yet taken. A veth link hands over to a queue of the receiving CPU, which all
     * links share and which holds 1000 packets (net.core.netdev_max_backlog); what is too much for it is lost.
     */
    static final int MOST_UNDER_WAY = 128;

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int FIRST_PORT = 10_000;
    private static final int LAST_PORT = 30_000;
    private static final int BATCH_DATAGRAMS = 256;
    private static final int BATCH_BYTES = 256 * 1024;
    private static final long RETRY_NANOS = 5_000_000;

    final Setting setting;
    final Peer peer;
    final Soak soak;
    final Ledger ledger;
    final Random random;
    final DatagramBatch batch = new DatagramBatch(BATCH_DATAGRAMS, BATCH_BYTES);
    private int nextPort;

    Lane(Setting setting, Peer peer, Soak soak, long seed, int firstPort) {
        this.setting = setting;
        this.peer = peer;
        this.soak = soak;
        this.ledger = soak.ledger(setting.family());
        this.random = new Random(seed);
        this.nextPort = firstPort;
    }

    /** Plays scenes until a time of {@link System#nanoTime}. */
    void playUntil(long end, List<Scene> scenes) throws Exception {
        do {
            Scene scene = scenes.get(random.nextInt(scenes.size()));
            try {
                scene.play(this);
            } catch (Exception | LinkageError e) {
                throw new SoakFailure(setting + ", " + scene + ": " + e.getMessage(), e);
            }
            soak.happenings.note("scenes of " + scene);
        } while (System.nanoTime() < end);
    }

    /** A port of the peers' that no other lane has; of this lane's it was the one longest ago. */
    int port() {
        int port = nextPort;
        nextPort += soak.settings.size() + 1;
        if (nextPort > LAST_PORT) {
            nextPort -= (LAST_PORT - FIRST_PORT) / (soak.settings.size() + 1) * (soak.settings.size() + 1);
        }
        return port;
    }

    /** How long nothing must have come before the rest counts as lost. */
    Duration patience() {
        return PATIENCE;
    }

    /** A new socket, bound to an address; while descriptors are scarce it takes several attempts. */
    UdpSocket create(Network network, InetSocketAddress local) throws SocketErrorException {
        UdpSocket socket = persistently(setting::create);
        try {
            persistently(() -> {
                socket.bind(network, local);
                return null;
            });
        } catch (SocketErrorException e) {
            socket.close();
            throw e;
        }
        soak.happenings.note("sockets of " + setting);
        return socket;
    }

    /** A pair of streams; dropping an IPv6 peer takes a new socket below, and so a descriptor (U3). */
    DatagramStreams stream(UdpSocket socket, InetSocketAddress peer) throws SocketErrorException {
        return persistently(() -> socket.stream(peer));
    }

    /** Something that may need a descriptor. */
    private interface Attempt<T> {
        T make() throws SocketErrorException;
    }

    private <T> T persistently(Attempt<T> attempt) throws SocketErrorException {
        while (true) {
            int moment = soak.descriptors.now();
            try {
                return attempt.make();
            } catch (SocketErrorException e) {
                if (!soak.descriptors.wereScarceSince(moment)) {
                    throw e;
                }
                SoakFailure.require(String.valueOf(e).contains("EMFILE"), "without descriptors: " + e);
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }

    /** Waits for one or for several, for a time, and may be interrupted meanwhile. */
    void await(Duration most, Pollable... pollables) {
        int moment = soak.descriptors.now();
        soak.interruptions.begin();
        try {
            if (pollables.length == 1) {
                pollables[0].block(most);
            } else {
                Pollable.poll(List.of(pollables), most);
            }
        } catch (InterruptedException e) {
            soak.happenings.note("waits that were interrupted");
        } catch (UncheckedIOException e) {
            if (!soak.descriptors.wereScarceSince(moment)) {
                throw e;
            }
            soak.happenings.note("waits without descriptors");
        } finally {
            soak.interruptions.end();
        }
    }

    long linkDrops(Path net, String link) throws Exception {
        return soak.descriptors.whilePlenty(() -> KernelCounters.linkDrops(net, link));
    }

    /** What the kernel dropped of what came to a port here. */
    long drops(int port) throws Exception {
        return soak.descriptors.whilePlenty(() -> KernelCounters.drops(SoakWorld.OWN_NET, setting.family(), port));
    }

    /** Closes the account of a socket. */
    void account(UdpSocket socket) {
        ledger.add(socket.statistics(), setting.segments());
    }
}
