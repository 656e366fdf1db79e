package dev.sluice.udp.nio;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;

/** Memory for one datagram of any size, lent to one drain at a time; whoever comes second gets another. */
final class SpareBuffer {
    private static final int LARGEST = 65_536;

    private final AtomicReference<ByteBuffer> spare = new AtomicReference<>();

    ByteBuffer take() {
        ByteBuffer buffer = spare.getAndSet(null);
        return buffer != null ? buffer : ByteBuffer.allocateDirect(LARGEST);
    }

    void giveBack(ByteBuffer buffer) {
        spare.set(buffer);
    }
}
