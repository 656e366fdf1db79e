// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi.semantics;

import dev.sluice.udp.Network;
import java.net.InetSocketAddress;

/** A network that allows everything, and is asked all the same; tests override what they care about. */
class OpenNetwork implements Network {
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
}
