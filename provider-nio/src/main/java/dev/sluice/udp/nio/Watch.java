package dev.sluice.udp.nio;

import static dev.sluice.udp.spi.DatagramTransport.READABLE;
import static dev.sluice.udp.spi.DatagramTransport.WRITABLE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicReference;

/** The two callbacks of one socket, each of which is called once when its event comes. */
final class Watch {
    private final DatagramChannel channel;
    private final WaitingThread thread;
    private final AtomicReference<Runnable> readable = new AtomicReference<>();
    private final AtomicReference<Runnable> writable = new AtomicReference<>();
    private volatile SelectionKey key;

    Watch(DatagramChannel channel, WaitingThread thread) {
        this.channel = channel;
        this.thread = thread;
    }

    /** Has one called once, when the channel is ready for it or {@link #fire} says so. */
    void arm(int interest, Runnable ready) {
        if (callback(interest).getAndSet(ready) == null) {
            thread.added();
        }
        listen(interest);
    }

    /** The same, from a callback: not if a later one has taken the place, or the channel has been closed meanwhile. */
    void armAgain(int interest, Runnable ready) {
        if (callback(interest).compareAndSet(null, ready)) {
            thread.added();
            try {
                listen(interest);
            } catch (CancelledKeyException closed) {
                forget(callback(interest));
            }
        }
    }

    private void listen(int interest) {
        // Behind the callback: who takes interests back takes the callback only then.
        key().interestOpsOr(operations(interest));
        thread.wake();
    }

    private SelectionKey key() {
        if (key == null) {
            synchronized (this) { // both directions may come at once
                if (key == null) {
                    try {
                        key = thread.register(channel, this);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e); // not on an open channel and an open selector
                    }
                }
            }
        }
        return key;
    }

    /** The selection found the channel ready. */
    void selected(SelectionKey selected, Queue<Runnable> due) {
        try {
            int ready = selected.readyOps();
            selected.interestOpsAnd(~ready);
            if ((ready & SelectionKey.OP_READ) != 0) {
                take(readable, due);
            }
            if ((ready & SelectionKey.OP_WRITE) != 0) {
                take(writable, due);
            }
        } catch (CancelledKeyException closed) {
            // and nobody is to be called any more
        }
    }

    /** Has those called that wait for something that the selector can't see. */
    void fire(int ready) {
        if ((ready & READABLE) != 0) {
            post(readable);
        }
        if ((ready & WRITABLE) != 0) {
            post(writable);
        }
    }

    private void post(AtomicReference<Runnable> callback) {
        Runnable taken = callback.getAndSet(null);
        if (taken != null) {
            thread.removed();
            thread.post(taken);
        }
    }

    private void take(AtomicReference<Runnable> callback, Queue<Runnable> due) {
        Runnable taken = callback.getAndSet(null);
        if (taken != null) {
            thread.removed();
            due.add(taken);
        }
    }

    /** The channel has been closed: nobody is called any more, and the selector lets go of it. */
    void close() {
        forget(readable);
        forget(writable);
        if (key != null) {
            thread.release();
        }
    }

    private void forget(AtomicReference<Runnable> callback) {
        if (callback.getAndSet(null) != null) {
            thread.removed();
        }
    }

    private AtomicReference<Runnable> callback(int interest) {
        return interest == READABLE ? readable : writable;
    }

    /** The selector's bits for those of the SPI. */
    static int operations(int interest) {
        return ((interest & READABLE) != 0 ? SelectionKey.OP_READ : 0)
                | ((interest & WRITABLE) != 0 ? SelectionKey.OP_WRITE : 0);
    }
}
