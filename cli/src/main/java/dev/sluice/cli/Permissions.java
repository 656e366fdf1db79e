// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.cli.Permission.Right;
import dev.sluice.udp.Network;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a guest may do: what is permitted, and nothing else. What is refused is reported once, with the option that would
 * allow it.
 */
final class Permissions implements Network {
    /** One sender with many ports must not fill the screen. */
    private static final int MOST_TOLD = 20;

    private final Stdio io;
    private final List<Permission> permitted;
    private final Set<String> told = new HashSet<>();

    Permissions(Stdio io, List<Permission> permitted) {
        this.io = io;
        this.permitted = permitted;
    }

    @Override
    public boolean mayBind(InetSocketAddress local) {
        return may(Right.BIND, local);
    }

    @Override
    public boolean maySendTo(InetSocketAddress remote) {
        return may(Right.SEND, remote);
    }

    @Override
    public boolean mayReceiveFrom(InetSocketAddress remote) {
        return may(Right.RECEIVE, remote);
    }

    @Override
    public boolean mayConnectTo(InetSocketAddress remote) {
        return may(Right.CONNECT, remote);
    }

    @Override
    public boolean mayListenOn(InetSocketAddress local) {
        return may(Right.LISTEN, local);
    }

    @Override
    public boolean mayAcceptFrom(InetSocketAddress remote) {
        return may(Right.ACCEPT, remote);
    }

    boolean mayResolve(String name) {
        for (Permission permission : permitted) {
            if (permission.names().test(name)) {
                return true;
            }
        }
        tell(Right.RESOLVE, name);
        return false;
    }

    private boolean may(Right right, InetSocketAddress address) {
        for (Permission permission : permitted) {
            if (permission.right() == right && permission.addresses().test(address)) {
                return true;
            }
        }
        tell(right, HostPort.text(address));
        return false;
    }

    private synchronized void tell(Right right, String what) {
        String option = right.word() + "=" + what;
        if (told.size() < MOST_TOLD && told.add(option)) {
            String quote = what.startsWith("[") ? "'" : ""; // brackets mean something to a shell
            io.complain(
                    "the guest may not " + right.verb + " " + what + "; to let it: --allow " + quote + option + quote);
        }
    }
}
