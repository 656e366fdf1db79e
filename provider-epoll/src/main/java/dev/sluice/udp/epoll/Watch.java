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
 * <p>Everything that uses the descriptor happens under this object's monitor, and not after {@link #close()}.
 * {@code submit} is a system call on the raw descriptor, which by then may be somebody else's. Callbacks run under no
 * lock.
 */
final class Watch implements EpollIoHandle {
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
            turn = current;
            registration = null;
            current.execute(() -> register(current));
        } // else the registration is under way and will ask for what is waited for by then
    }

    private int interest() {
        return (readable != null ? DatagramTransport.READABLE : 0)
                | (writable != null ? DatagramTransport.WRITABLE : 0);
    }

    /** On the waiting thread. */
    private void register(WaitingThread.Turn current) {
        synchronized (this) {
            if (closed || turn != current) {
                return;
            }
            try {
                registration = current.register(this);
                if (interest() != 0) {
                    registration.submit(OPS[interest()]);
                }
                return;
            } catch (Exception e) {
                // The kernel has no room in epoll. A wake-up for nothing is better than none: who waits looks and asks
                // again.
                if (registration != null) { // taken in by Netty, refused by the kernel
                    registration.cancel();
                    registration = null;
                }
            }
        }
        fire(BOTH);
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

    private static void run(Runnable callback) {
        if (callback != null) {
            callback.run();
        }
    }

    /** The waiting thread ends. */
    @Override
    public synchronized void close() {
        registration = null;
        turn = null;
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

    @Override
    public FileDescriptor fd() {
        return descriptor;
    }

    @Override
    public void registered() {}

    @Override
    public void unregistered() {}
}
