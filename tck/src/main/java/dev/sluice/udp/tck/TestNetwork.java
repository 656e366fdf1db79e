// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import dev.sluice.udp.Network;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A network that records the questions it is asked, and allows what a test says. */
final class TestNetwork implements Network {
    /** The questions, in order, each "bind", "send" or "receive" and an address. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    volatile Predicate<InetSocketAddress> bind = address -> true;
    volatile Predicate<InetSocketAddress> send = address -> true;
    volatile Predicate<InetSocketAddress> receive = address -> true;

    @Override
    public boolean mayBind(InetSocketAddress local) {
        asked.add("bind " + local);
        return bind.test(local);
    }

    @Override
    public boolean maySendTo(InetSocketAddress remote) {
        asked.add("send " + remote);
        return send.test(remote);
    }

    @Override
    public boolean mayReceiveFrom(InetSocketAddress remote) {
        asked.add("receive " + remote);
        return receive.test(remote);
    }
}
