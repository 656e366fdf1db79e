// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck.memory;

import java.net.InetSocketAddress;

/** Something that is bound to an address of the network in memory. */
interface MemoryEnd {
    void arrive(byte[] payload, InetSocketAddress from);
}
