package dev.sluice.udp.spi;

import dev.sluice.udp.Pollable;

/** The socket's own pollable: nothing that it stands for ever takes time (U7). */
enum AlwaysReady implements Pollable {
    INSTANCE;

    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public Registration onReady(Runnable action) {
        action.run();
        return () -> {};
    }
}
