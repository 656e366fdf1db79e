package dev.sluice.udp.spi;

/** The thread of an event loop. It inherits nothing from the thread that happened to wait first (P5). */
final class LoopThread extends Thread {
    private final Actions actions = new Actions();

    LoopThread(Runnable loop, String name) {
        super(topmostGroup(), loop, name, 0, false);
        setDaemon(true);
        setContextClassLoader(null);
    }

    /** A group below could be interrupted, or be a web application's. */
    private static ThreadGroup topmostGroup() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        return group;
    }

    Actions actions() {
        return actions;
    }
}
