// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.GroupMembership;
import dev.sluice.udp.SocketErrorException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The multicast groups that a socket has joined (O2). Used under both of the socket's locks. */
final class Memberships {
    private final SocketCore core;
    private final List<Membership> joined = new ArrayList<>();

    Memberships(SocketCore core) {
        this.core = core;
    }

    /** One of them. It holds the socket's core and not the socket: a socket that is dropped is closed all the same (U7). */
    private final class Membership implements GroupMembership {
        private final InetAddress group;
        private final NetworkInterface on;
        private final InetAddress source;

        Membership(InetAddress group, NetworkInterface on, InetAddress source) {
            this.group = group;
            this.on = on;
            this.source = source;
        }

        boolean isAt(InetAddress otherGroup, NetworkInterface otherOn) {
            return group.equals(otherGroup) && on.getIndex() == otherOn.getIndex();
        }

        @Override
        public InetAddress group() {
            return group;
        }

        @Override
        public NetworkInterface networkInterface() {
            return on;
        }

        @Override
        public Optional<InetAddress> source() {
            return Optional.ofNullable(source);
        }

        @Override
        public void close() {
            core.lockBoth();
            try {
                leave(this);
            } finally {
                core.unlockBoth();
            }
        }

        @Override
        public String toString() {
            return "member of " + group.getHostAddress() + " on " + on.getName()
                    + (source == null ? "" : ", source " + source.getHostAddress());
        }
    }

    GroupMembership join(InetAddress group, NetworkInterface on, InetAddress source) throws SocketErrorException {
        for (Membership other : joined) {
            if (other.isAt(group, on)) {
                requireOther(other, source);
            }
        }
        Membership membership = new Membership(group, on, source);
        joined.add(membership);
        boolean done = false;
        try {
            core.transport.join(group, on, source);
            done = true;
        } catch (IOException e) {
            throw SocketErrors.of(Operation.OPTION, e);
        } finally {
            if (!done) {
                joined.remove(membership);
            }
        }
        return membership;
    }

    /** Several sources of one group are possible; any source and some source are not. */
    private static void requireOther(Membership other, InetAddress source) throws SocketErrorException {
        if (other.source == null || source == null || other.source.equals(source)) {
            throw new SocketErrorException(
                    ErrorCode.INVALID_STATE,
                    "the socket is already a " + other
                            + (Objects.equals(other.source, source) ? "" : "; close that membership first"));
        }
    }

    private void leave(Membership membership) {
        if (joined.remove(membership) && !core.isClosed()) {
            try {
                core.transport.leave(membership.group, membership.on, membership.source);
            } catch (IOException gone) { // the interface, and the membership with it
            }
        }
    }

    /** Joins what was joined on another transport; what can't be joined any more, for its interface has gone, is left out. */
    void joinAgain(DatagramTransport fresh) {
        joined.removeIf(membership -> {
            try {
                fresh.join(membership.group, membership.on, membership.source);
                return false;
            } catch (IOException gone) {
                return true;
            }
        });
    }
}
