package dev.sluice.udp.nio;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The provider's waiting thread and its selector, which serve all sockets (P3). The thread runs while something is
 * armed, and for some time after.
 */
final class WaitingThread implements Runnable {
    private static final Consumer<SelectionKey> NOTHING = key -> {};

    /** Between a selection that failed and the next: it must not spin. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final long idleMillis;

    /** How many callbacks wait for their event. */
    private final AtomicInteger armed = new AtomicInteger();

    /** Callbacks whose event has come. */
    private final Queue<Runnable> due = new ConcurrentLinkedQueue<>();

    /** Held by who closes a socket; the waiting thread passes it before it selects. */
    private final ReentrantLock turnstile = new ReentrantLock();

    /** Guards what follows. Nothing blocks under it. */
    private final Object lifecycle = new Object();

    private volatile Selector selector;
    private volatile Thread thread;
    private boolean stopped;

    WaitingThread(Duration idle) {
        idleMillis = Math.max(1, idle.toMillis());
    }

    /** Opens the selector, if it isn't open yet. */
    void prepare() throws IOException {
        if (selector == null) {
            synchronized (lifecycle) {
                if (selector == null && !stopped) {
                    selector = Selector.open();
                }
            }
        }
    }

    /** Registers a channel, without an interest. Doesn't wait for the waiting thread (JDK 11 and later). */
    SelectionKey register(DatagramChannel channel, Watch watch) throws IOException {
        return channel.register(selector, 0, watch);
    }

    /** One callback more waits for its event; {@link #wake} is to follow. */
    void added() {
        armed.incrementAndGet();
    }

    /** One callback less does. */
    void removed() {
        armed.decrementAndGet();
    }

    /** Makes the waiting thread see changed interests. The selector joins wakeups that come before it has woken. */
    void wake() {
        ensureRunning();
        if (Thread.currentThread() != thread) {
            selector.wakeup();
        }
    }

    /** Has the waiting thread call something soon. */
    void post(Runnable callback) {
        due.add(callback);
        wake();
    }

    /**
     * Lets go of a closed channel. A registered channel keeps its port until a selection takes notice of its being
     * closed, and {@code selectNow} would wait for a selection that blocks. So that one is woken, and kept by the
     * turnstile from beginning anew. The waiting thread itself may come here too, from a callback.
     */
    void release() {
        turnstile.lock();
        try {
            selector.wakeup();
            selector.selectNow(NOTHING); // what is ready now is found ready again by the next selection
            selector.wakeup(); // selectNow may have swallowed one that was meant for the thread
        } catch (ClosedSelectorException stopped) {
            // and has let go of everything
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            turnstile.unlock();
        }
    }

    /** Ends the thread and closes the selector. Doesn't wait for callbacks. */
    void stop() {
        synchronized (lifecycle) {
            stopped = true;
            if (selector == null) {
                return;
            }
        }
        try {
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void ensureRunning() {
        synchronized (lifecycle) {
            if (thread == null && !stopped) {
                Thread started = new Thread(null, this, "sluice-nio", 0, false);
                started.setDaemon(true);
                started.setContextClassLoader(null); // the thread outlives whoever happened to wait first
                thread = started;
                started.start();
            }
        }
    }

    @Override
    public void run() {
        try {
            long began;
            do {
                began = System.nanoTime();
                turnstile.lock();
                turnstile.unlock();
                select(armed.get() > 0 ? 0 : idleMillis);
                callDue();
            } while (!endsAfter(began));
        } catch (ClosedSelectorException e) {
            // stopped; the sockets were closed before, and nobody is called any more
        } finally {
            synchronized (lifecycle) {
                if (thread == Thread.currentThread()) {
                    thread = null;
                }
            }
        }
    }

    /** What fails here may be over soon (memory that lacks), and somebody waits: it is told, and tried again. */
    private void select(long millis) {
        try {
            selector.select(this::collect, millis);
        } catch (ClosedSelectorException stopped) {
            throw stopped;
        } catch (IOException | RuntimeException | Error e) {
            report(e);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static void report(Throwable thrown) {
        Thread current = Thread.currentThread();
        current.getUncaughtExceptionHandler().uncaughtException(current, thrown);
    }

    /** Inside of the selection: no callback may run here, since one may close a socket. */
    private void collect(SelectionKey key) {
        ((Watch) key.attachment()).selected(key, due);
    }

    private void callDue() {
        for (Runnable callback = due.poll(); callback != null; callback = due.poll()) {
            try {
                callback.run();
            } catch (Throwable thrown) { // one socket's failure is not another's
                report(thrown);
            }
        }
    }

    /** Whether nothing was waited for during a selection that took the whole idle time. */
    private boolean endsAfter(long began) {
        if (System.nanoTime() - began < TimeUnit.MILLISECONDS.toNanos(idleMillis)) {
            return false;
        }
        synchronized (lifecycle) { // who arms from now on finds no thread, and starts one
            if (armed.get() > 0 || !due.isEmpty()) {
                return false;
            }
            thread = null;
            return true;
        }
    }
}
