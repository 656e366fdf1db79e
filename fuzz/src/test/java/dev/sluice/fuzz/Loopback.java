// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.fuzz;

import dev.sluice.udp.Network;
import java.net.InetSocketAddress;

/** What guests may use: nothing leaves the machine, and there is no TCP, whose connections the fuzzer takes for findings. */
enum Loopback implements Network {
    INSTANCE;

    @Override
    public boolean mayBind(InetSocketAddress local) {
        return true;
    }

    @Override
    public boolean maySendTo(InetSocketAddress remote) {
        return remote.getAddress().isLoopbackAddress();
    }

    @Override
    public boolean mayReceiveFrom(InetSocketAddress remote) {
        return true;
    }
}
