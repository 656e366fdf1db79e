package dev.sluice.udp.tck.memory;

import java.net.InetSocketAddress;

/** Something that is bound to an address of the network in memory. */
interface MemoryEnd {
    void arrive(byte[] payload, InetSocketAddress from);
}
