package com.example.udp.memory;

import dev.sluice.udp.tck.NetworkControl;

/** Has the network hold datagrams and refuse them. */
final class MemoryControl implements NetworkControl {
    @Override
    public void hold() {
        MemoryNetwork.hold();
    }

    @Override
    public void release() {
        MemoryNetwork.release();
    }

    @Override
    public void refuse(int bytes) {
        MemoryNetwork.refuse(bytes);
    }

    @Override
    public void close() {
        MemoryNetwork.release();
        MemoryNetwork.refuse(-1);
    }
}
