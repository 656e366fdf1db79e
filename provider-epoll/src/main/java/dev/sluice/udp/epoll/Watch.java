package dev.sluice.udp.epoll;

import dev.sluice.udp.spi.DatagramTransport;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;

/**
 * One socket's place in epoll. Both directions share one registration, which is one-shot: an event, an error among them,
 * disarms it, and it is armed again for the direction that still waits.
 *
 * <p>Everything that uses the descriptor happens under this object's monitor, and not after {@link #end()}.
 * {@code submit} is a system call on the raw descriptor, which by then may be somebody else's. Callbacks run under no
 * lock.
 */
final class Watch {
    private static final int EPOLLIN = 1;
    private static final int EPOLLOUT = 4;
    private static final int EPOLLONESHOT = 1 << 30;
    private static final int BOTH = DatagramTransport.READABLE | DatagramTransport.WRITABLE;

    /** What to ask for, by what is waited for. */
    private static final EpollIoOps[] OPS = {
        null,
        EpollIoOps.valueOf(EPOLLONESHOT | EPOLLIN),
        EpollIoOps.valueOf(EPOLLONESHOT | EPOLLOUT),
        EpollIoOps.valueOf(EPOLLONESHOT | EPOLLIN | EPOLLOUT),
    };

    private final FileDescriptor descriptor;
    private final WaitingThread waiting;

    // Guarded by this.
    private Runnable readable;
    private Runnable writable;
    private WaitingThread.Turn turn;
    private IoRegistration registration;
    private boolean closed;

    Watch(FileDescriptor descriptor, WaitingThread waiting) {
        this.descriptor = descriptor;
        this.waiting = waiting;
    }

    /** As {@link DatagramTransport#arm} has it. */
    synchronized void arm(int interest, Runnable ready) {
        if (closed) {
            return;
        }
        boolean first = interest() == 0;
        WaitingThread.Turn current = first ? waiting.enter() : turn;
        if ((interest & DatagramTransport.READABLE) != 0) {
            readable = ready;
        }
        if ((interest & DatagramTransport.WRITABLE) != 0) {
            writable = ready;
        }
        if (turn == current && registration != null) {
            registration.submit(OPS[interest()]);
        } else if (turn != current) {
            join(current);
        } // else the registration is under way and will ask for what is waited for by then
    }

    private void join(WaitingThread.Turn first) {
        registration = null;
        turn = first;
        while (!register(turn)) {
            turn = waiting.enter(); // that one has failed in the meantime
        }
    }

    private boolean register(WaitingThread.Turn current) {
        return current.execute(() -> registerNow(current));
    }

    private int interest() {
        return (readable != null ? DatagramTransport.READABLE : 0)
                | (writable != null ? DatagramTransport.WRITABLE : 0);
    }

    /** On the waiting thread. */
    private synchronized void registerNow(WaitingThread.Turn current) {
        if (closed || turn != current) {
            return;
        }
        try {
            registration = current.register(new Registered(current));
            if (interest() != 0) {
                registration.submit(OPS[interest()]);
            }
        } catch (Exception e) {
            // The kernel has no room in epoll. A wake-up for nothing is better than none: who waits looks and asks
            // again.
            if (registration != null) { // taken in by Netty, refused by the kernel
                registration.cancel();
                registration = null;
            }
            current.executeLater(() -> fire(BOTH));
        }
    }

    /** One registration, as Netty sees it. One of a turn that ends may outlive the beginning of the next one's. */
    private final class Registered implements EpollIoHandle {
        private final WaitingThread.Turn its;

        Registered(WaitingThread.Turn its) {
            this.its = its;
        }

        /** On the waiting thread. */
        @Override
        public void handle(IoRegistration source, IoEvent event) {
            int events = ((EpollIoEvent) event).ops().value();
            boolean error = (events & ~(EPOLLIN | EPOLLOUT)) != 0;
            int ready = ((events & EPOLLIN) != 0 ? DatagramTransport.READABLE : 0)
                    | ((events & EPOLLOUT) != 0 ? DatagramTransport.WRITABLE : 0);
            fire(error ? BOTH : ready);
        }

        /** On the waiting thread, as the last thing it does. */
        @Override
        public void close() {
            left(its);
        }

        @Override
        public FileDescriptor fd() {
            return descriptor;
        }

        @Override
        public void registered() {}

        @Override
        public void unregistered() {}
    }

    /** A turn has ended. If somebody waits still, it has failed: who waits looks, and asks the next one. */
    private void left(WaitingThread.Turn its) {
        synchronized (this) {
            if (turn != its) {
                return;
            }
            registration = null;
            if (interest() == 0) {
                turn = null;
            }
        }
        fire(BOTH);
    }

    /** An error is kept, of which epoll knows nothing any more: both directions are ready. From any thread. */
    synchronized void fireSoon() {
        if (!closed && interest() != 0) {
            turn.execute(() -> fire(BOTH));
        }
    }

    private void fire(int ready) {
        Runnable read = null;
        Runnable write = null;
        synchronized (this) {
            int before = interest();
            if (closed || before == 0) {
                return;
            }
            if ((ready & DatagramTransport.READABLE) != 0) {
                read = readable;
                readable = null;
            }
            if ((ready & DatagramTransport.WRITABLE) != 0) {
                write = writable;
                writable = null;
            }
            if (interest() == 0) {
                waiting.leave(turn);
                if (registration == null) {
                    turn = null; // epoll refused it; who arms next tries again
                }
            } else if (registration != null) {
                registration.submit(OPS[interest()]);
            }
        }
        run(read);
        run(write);
    }

    /** Netty would drop the events of all other sockets that came with this one's, and they come once. */
    private static void run(Runnable callback) {
        if (callback != null) {
            try {
                callback.run();
            } catch (Throwable thrown) { // one socket's failure is not another's
                Thread current = Thread.currentThread();
                current.getUncaughtExceptionHandler().uncaughtException(current, thrown);
            }
        }
    }

    /** The socket is about to be closed: nothing uses its descriptor when this has returned. */
    synchronized void end() {
        closed = true;
        if (interest() != 0) {
            waiting.leave(turn);
            readable = null;
            writable = null;
        }
        if (registration != null) {
            waiting.cancel(turn, registration);
            registration = null;
        }
    }
}
