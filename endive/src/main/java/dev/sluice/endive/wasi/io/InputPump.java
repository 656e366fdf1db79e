// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.io;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads a blocking stream ahead, on a daemon thread that starts when the guest first asks for input. So the guest can
 * read without blocking, and wait for input and sockets together.
 */
public final class InputPump implements ByteSource, AutoCloseable {
    private static final int CAPACITY = 64 << 10;

    private final InputStream source;
    private final byte[] buffer = new byte[CAPACITY];

    // Guarded by this.
    private int size;
    private boolean started;
    private boolean ended;
    private IOException failure;
    private final List<Runnable> waiting = new ArrayList<>();

    public InputPump(InputStream source) {
        this.source = source;
    }

    /** The bytes that have been read ahead, up to an unsigned number of them; empty if there are none yet. */
    @Override
    public synchronized byte[] read(long max) throws StreamException {
        start();
        if (size == 0) {
            throwIfOver();
        }
        int taken = Long.compareUnsigned(max, size) < 0 ? (int) max : size;
        byte[] bytes = Arrays.copyOf(buffer, taken);
        System.arraycopy(buffer, taken, buffer, 0, size - taken);
        size -= taken;
        notifyAll();
        return bytes;
    }

    /** How many bytes have been read ahead. */
    public synchronized int available() {
        start();
        return size;
    }

    private void throwIfOver() throws StreamException {
        if (failure != null) {
            IOException thrown = failure;
            failure = null;
            throw StreamException.failed(thrown);
        }
        if (ended) {
            throw StreamException.closed();
        }
    }

    private void start() {
        if (!started && !ended) {
            started = true;
            Thread thread = new Thread(this::pump, "sluice-guest-stdin");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void pump() {
        byte[] chunk = new byte[8192];
        IOException failed = null;
        try {
            for (int count = source.read(chunk); count >= 0 && append(chunk, count); ) {
                count = source.read(chunk);
            }
        } catch (IOException e) {
            failed = e;
        } catch (InterruptedException e) {
            // ends as if the source had ended
        }
        end(failed);
    }

    /** Waits for room in the buffer. False once the pump is closed. */
    private boolean append(byte[] chunk, int count) throws InterruptedException {
        synchronized (this) {
            while (!ended && CAPACITY - size < count) {
                wait();
            }
            if (ended) {
                return false;
            }
            System.arraycopy(chunk, 0, buffer, size, count);
            size += count;
        }
        wake();
        return true;
    }

    private void end(IOException failed) {
        synchronized (this) {
            ended = true;
            failure = failed;
            notifyAll();
        }
        wake();
    }

    private void wake() {
        List<Runnable> woken;
        synchronized (this) {
            woken = new ArrayList<>(waiting);
            waiting.clear();
        }
        woken.forEach(Runnable::run);
    }

    @Override
    public synchronized boolean ready() {
        start();
        return size > 0 || ended;
    }

    @Override
    public Registration onReady(Runnable action) {
        Runnable once = action::run; // a copy, so that each registration of the same action is cancelled alone
        synchronized (this) {
            if (!ready()) {
                waiting.add(once);
                return () -> {
                    synchronized (this) {
                        waiting.remove(once);
                    }
                };
            }
        }
        action.run();
        return () -> {};
    }

    /** Stops reading ahead. A read of the source that is blocked now goes on until the source returns. */
    @Override
    public void close() {
        end(null);
    }
}
