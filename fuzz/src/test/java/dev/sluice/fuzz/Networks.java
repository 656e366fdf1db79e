// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.fuzz;

import dev.sluice.udp.Network;
import java.net.InetSocketAddress;

/** Networks that scripts bind with. What they say depends on the address alone. */
enum Networks implements Network {
    NOTHING,
    SEND_ONLY,
    RECEIVE_ONLY,
    LOOPBACK_ONE;

    @Override
    public boolean mayBind(InetSocketAddress local) {
        return this != NOTHING;
    }

    @Override
    public boolean maySendTo(InetSocketAddress remote) {
        return this == SEND_ONLY || this == LOOPBACK_ONE && isFirst(remote);
    }

    @Override
    public boolean mayReceiveFrom(InetSocketAddress remote) {
        return this == RECEIVE_ONLY || this == LOOPBACK_ONE && isFirst(remote);
    }

    private static boolean isFirst(InetSocketAddress remote) {
        byte[] host = remote.getAddress().getAddress();
        return host[0] != (byte) 0xfd && host[host.length - 1] == 1;
    }

    /** One of these, or the unrestricted one, which most scripts need to get anywhere. */
    static Network of(Choices choices) {
        int choice = choices.below(4 * values().length);
        return choice < values().length ? values()[choice] : Network.unrestricted();
    }
}
