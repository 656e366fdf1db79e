// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

/**
 * Makes the network between a provider and its peers misbehave in the ways that a rule is about. On the system's network
 * the kit does this itself, in a network namespace; only a provider with a network of its own implements it.
 */
public interface NetworkControl extends AutoCloseable {
    /** From now on no datagram leaves, the provider's or a peer's, so that a send buffer fills. */
    void hold();

    /**
     * What was held leaves in order, and what is sent from now on leaves after it. A full send buffer becomes writable
     * only a moment after the first of the held datagrams have arrived.
     */
    void release();

    /**
     * From now on a datagram whose payload has exactly this size is answered as if nothing listened at its destination
     * (ICMP port unreachable); all others arrive.
     *
     * @param bytes the size of the payload
     */
    void refuse(int bytes);

    /** The network is again as it was. */
    @Override
    void close();
}
