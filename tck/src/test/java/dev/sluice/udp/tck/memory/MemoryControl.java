// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck.memory;

import dev.sluice.udp.tck.NetworkControl;

/** Makes the network in memory hold and refuse datagrams. */
public final class MemoryControl implements NetworkControl {
    @Override
    public void hold() {
        MemoryNetwork.INSTANCE.hold();
    }

    @Override
    public void release() {
        MemoryNetwork.INSTANCE.release();
    }

    @Override
    public void refuse(int bytes) {
        MemoryNetwork.INSTANCE.refuse(bytes);
    }

    @Override
    public void close() {
        release();
        MemoryNetwork.INSTANCE.refuseNone();
    }
}
