package dev.sluice.udp.epoll;

import io.netty.channel.IoRegistration;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that waits for all sockets of a provider, in epoll_wait through Netty's public event loop. It starts
 * when the first socket is waited for, ends when for some time none was, and may start anew: each time is a
 * {@link Turn}.
 *
 * <p>epoll_wait returns the sockets that are ready and no others, so a wake-up costs the same however many wait.
 */
final class WaitingThread {
    /** How long an end is waited for that somebody's callback holds up. */
    private static final long MOST_JOIN_MILLIS = 5_000;

    /** How long to wait while sockets are waited for: events and tasks end it. */
    private static final long LONG = TimeUnit.HOURS.toNanos(1);

    /** How often who finds no room in epoll tries again. */
    private static final long PAUSE_MILLIS = 20;

    private final long idleNanos;

    // Guarded by this.
    private Turn turn;
    private boolean stopped;

    WaitingThread(Duration idle) {
        this.idleNanos = idle.toNanos();
    }

    /** One more socket is waited for. */
    synchronized Turn enter() {
        if (turn == null) {
            Turn next = new Turn();
            next.thread.start(); // which may fail, as may what is before it
            turn = next;
        }
        turn.sockets++;
        return turn;
    }

    /** One socket less is waited for. */
    synchronized void leave(Turn its) {
        its.sockets--;
        its.idleSince = System.nanoTime();
    }

    /** A socket that is about to close takes its registration out. */
    synchronized void cancel(Turn its, IoRegistration registration) {
        if (its == turn) { // else the end of the turn has taken it out, or is about to
            registration.cancel();
        }
    }

    /** Ends the thread. Waits for it, unless called on it. */
    void stop() {
        Turn last;
        synchronized (this) {
            stopped = true;
            last = turn;
            if (last != null) {
                last.loop.wakeup();
            }
        }
        if (last != null && Thread.currentThread() != last.thread) {
            join(last.thread);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(MOST_JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The thread from a start to its end, and its descriptors. */
    final class Turn {
        private final Thread thread = new Thread(this::run, "sluice-epoll");
        private final ManualIoEventLoop loop = new ManualIoEventLoop(thread, EpollIoHandler.newFactory());

        // Guarded by the WaitingThread.
        private int sockets;
        private long idleSince;

        private Turn() {
            thread.setDaemon(true);
            thread.setContextClassLoader(WaitingThread.class.getClassLoader()); // not that of whoever waited first
        }

        /**
         * Runs a task on the thread. Only while a socket that takes part is waited for.
         *
         * @return whether it will; false if the turn has failed
         */
        boolean execute(Runnable task) {
            synchronized (WaitingThread.this) {
                if (turn != this) {
                    return false;
                }
                loop.execute(task);
                return true;
            }
        }

        /** The same after a pause, on the thread itself. */
        void executeLater(Runnable task) {
            loop.schedule(task, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }

        /** Adds a socket, on the thread itself. */
        IoRegistration register(EpollIoHandle handle) throws Exception {
            return loop.register(handle).sync().getNow();
        }

        private void run() {
            try {
                long wait = LONG;
                while (wait > 0) {
                    loop.run(wait);
                    wait = nextWait();
                }
            } finally {
                end();
            }
        }

        /** How long to wait now; 0 or less if the turn has ended, after which nobody takes part any more. */
        private long nextWait() {
            synchronized (WaitingThread.this) {
                long wait = sockets > 0 ? LONG : idleNanos - (System.nanoTime() - idleSince);
                if (stopped || wait <= 0) {
                    turn = null;
                    return 0;
                }
                return wait;
            }
        }

        /** Netty closes the registrations, which tells each {@link Watch}, and then epoll's descriptors. */
        private void end() {
            synchronized (WaitingThread.this) {
                if (turn == this) { // the loop has failed: nobody takes part in it any more
                    turn = null;
                }
            }
            loop.shutdownGracefully(0, 0, TimeUnit.NANOSECONDS);
            while (!loop.isTerminated()) {
                loop.runNow();
            }
        }
    }
}
