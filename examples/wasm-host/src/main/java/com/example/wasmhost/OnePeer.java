package com.example.wasmhost;

import dev.sluice.udp.Network;
import java.net.InetSocketAddress;

/** A network of one peer: a guest's sockets have ports that the system chooses, and reach no other address. */
record OnePeer(InetSocketAddress peer) implements Network {
    @Override
    public boolean mayBind(InetSocketAddress local) {
        return local.getPort() == 0;
    }

    @Override
    public boolean maySendTo(InetSocketAddress remote) {
        return remote.equals(peer);
    }

    @Override
    public boolean mayReceiveFrom(InetSocketAddress remote) {
        return remote.equals(peer);
    }
}
