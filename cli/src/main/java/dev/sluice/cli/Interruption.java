package dev.sluice.cli;

import dev.sluice.udp.UdpSocket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command end in order when a signal (SIGINT, SIGTERM, SIGHUP) ends the process: its socket is closed, which wakes
 * it, and the process waits until it has closed this.
 */
final class Interruption implements AutoCloseable {
    private static final int MOST_SECONDS = 5;

    private final CountDownLatch hasEnded = new CountDownLatch(1);
    private final Thread hook;
    private volatile boolean hasBegun;

    Interruption(UdpSocket socket) {
        hook = new Thread(() -> begin(socket), "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void begin(UdpSocket socket) {
        hasBegun = true;
        socket.close();
        try {
            hasEnded.await(MOST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean hasBegun() {
        return hasBegun;
    }

    @Override
    public void close() {
        hasEnded.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // it runs already
        }
    }
}
