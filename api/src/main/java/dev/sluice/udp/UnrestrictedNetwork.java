// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp;

import java.net.InetSocketAddress;

/** Allows everything. */
enum UnrestrictedNetwork implements Network {
    INSTANCE;

    @Override
    public boolean mayBind(InetSocketAddress local) {
        return true;
    }

    @Override
    public boolean maySendTo(InetSocketAddress remote) {
        return true;
    }

    @Override
    public boolean mayReceiveFrom(InetSocketAddress remote) {
        return true;
    }

    @Override
    public boolean mayConnectTo(InetSocketAddress remote) {
        return true;
    }

    @Override
    public boolean mayListenOn(InetSocketAddress local) {
        return true;
    }

    @Override
    public boolean mayAcceptFrom(InetSocketAddress remote) {
        return true;
    }
}
