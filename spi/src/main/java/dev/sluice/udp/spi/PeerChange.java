// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.spi.ScratchPool.Scratch;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * Sets and drops a socket's peer so that it then hears and sends what a fresh one would (U3). Where the system can't take
 * a peer back from a socket ({@link DatagramTransport#differsFromFresh}), the transport is replaced by a fresh one on the
 * same port, and what the old one had queued is kept. Called under both locks, when no stream uses the transport.
 */
final class PeerChange {
    /** What a queued datagram takes of the kernel's memory beside its payload, at least. */
    private static final int OVERHEAD = 256;

    /** A common default (net.core.rmem_default). */
    private static final long ORDINARY_BUFFER = 212_992;

    private final SocketCore core;

    /** The transport has a peer, or may have one. */
    private boolean mayHavePeer;

    PeerChange(SocketCore core) {
        this.core = core;
    }

    /**
     * Sets the peer, or drops it. If it fails, there is none.
     *
     * @param remote the new peer; null for none
     */
    void to(InetSocketAddress remote) throws IOException {
        if (remote == null || isBoundToLink()) {
            drop();
        }
        if (remote != null) {
            set(remote);
        }
    }

    /** AF_UNSPEC takes a socket from the link that it was bound to, so the next peer needs a fresh one, too. */
    private boolean isBoundToLink() {
        return Addresses.scope(core.bound) != 0;
    }

    private void drop() throws IOException {
        if (mayHavePeer) {
            core.local = core.transport.connect(null);
            replaceIfNeeded();
            mayHavePeer = false;
        }
    }

    private void set(InetSocketAddress remote) throws IOException {
        mayHavePeer = true;
        try {
            core.local = core.transport.connect(remote);
        } catch (IOException e) {
            core.local = core.bound;
            try {
                replaceIfNeeded();
            } catch (IOException later) { // dropping the peer, which the application does next, tries again
                e.addSuppressed(later);
            }
            throw e;
        }
    }

    private void replaceIfNeeded() throws IOException {
        if (core.transport.differsFromFresh()) {
            replace();
        }
    }

    private void replace() throws IOException {
        DatagramTransport former = core.transport;
        DatagramTransport fresh = core.opener.open();
        boolean moved = false;
        try {
            core.setOptionsOf(fresh);
            former.moveTo(fresh, core.bound);
            core.setAgain(fresh, TransportOption.REUSE_PORT); // which moving has switched off
            core.memberships.joinAgain(fresh);
            moved = true;
        } finally {
            if (!moved) {
                fresh.close();
            }
        }
        core.replaceTransport(fresh);
        core.local = core.bound;
        mayHavePeer = false;
        try {
            keepQueued(former);
        } finally {
            former.close();
        }
    }

    /** Takes over what the former transport has received: no more than fits into its buffer, so that a flood ends. */
    private void keepQueued(DatagramTransport former) {
        long room = 2 * bufferSize(former);
        while (room > 0) {
            Scratch scratch = core.memory.scratch.take();
            int received = receive(former, scratch);
            if (received == 0) {
                core.memory.scratch.giveBack(scratch);
                return;
            }
            for (int i = 0; i < received; i++) {
                room -= scratch.batch().length(i) + OVERHEAD;
            }
            core.backlog.keep(scratch, 0);
        }
    }

    private static long bufferSize(DatagramTransport transport) {
        try {
            return transport.get(TransportOption.RECEIVE_BUFFER_SIZE);
        } catch (IOException unknown) {
            return ORDINARY_BUFFER;
        }
    }

    /** An error that is still pending concerns a former peer, and is forgotten; what comes behind it is not. */
    private static int receive(DatagramTransport former, Scratch scratch) {
        for (int errors = 0; errors < 2; errors++) {
            try {
                return former.receive(scratch.batch(), scratch.batch().maxDatagrams());
            } catch (IOException forgotten) {
                if (scratch.batch().size() > 0) {
                    return scratch.batch().size();
                }
            }
        }
        return 0;
    }
}
