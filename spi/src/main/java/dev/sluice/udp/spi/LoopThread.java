package dev.sluice.udp.spi;

/** The thread of an event loop. */
final class LoopThread extends IsolatedThread {
    private final Actions actions = new Actions();

    LoopThread(Runnable loop, String name) {
        super(loop, name);
    }

    Actions actions() {
        return actions;
    }
}
