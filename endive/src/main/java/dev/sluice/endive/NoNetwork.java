// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive;

import dev.sluice.udp.Network;
import java.net.InetSocketAddress;

/** Allows nothing. */
enum NoNetwork implements Network {
    INSTANCE;

    @Override
    public boolean mayBind(InetSocketAddress local) {
        return false;
    }

    @Override
    public boolean maySendTo(InetSocketAddress remote) {
        return false;
    }

    @Override
    public boolean mayReceiveFrom(InetSocketAddress remote) {
        return false;
    }
}
