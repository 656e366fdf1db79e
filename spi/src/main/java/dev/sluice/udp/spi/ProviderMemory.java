// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

/** What the sockets of a provider lend to the calls on them. */
final class ProviderMemory {
    final ScratchPool scratch;
    final LendingPool<OutgoingCall> outgoing = OutgoingCall.pool();

    ProviderMemory(ScratchPool scratch) {
        this.scratch = scratch;
    }
}
