// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs the actions of those that wait, one after the other: an action that causes another, by registering itself again for
 * something that is ready, is followed by it and doesn't contain it, so that the stack doesn't grow (P4). What an action
 * throws goes to the thread's uncaught-exception handler, and what that throws is ignored (P5).
 *
 * <p>One for each thread that is running actions. After {@link #MOST_IN_A_ROW} the rest goes on elsewhere, so that the
 * thread that happened to run the first one gets on with its own work: on an event loop in its next iteration, from any
 * other thread in the common pool.
 */
final class Actions {
    private static final int MOST_IN_A_ROW = 256;

    /**
     * Those of the calling thread: of an event loop as long as it lives, of any other thread only while it runs actions, so
     * that no class loader is kept by threads that live on.
     */
    private static final ThreadLocal<Actions> CURRENT = new ThreadLocal<>();

    /** One action to run, in a list: nothing is allocated to run it. */
    abstract static class Entry {
        Entry next;

        /** Runs it, unless it has been cancelled. */
        abstract void run();
    }

    private final boolean onLoop;
    private Entry first;
    private Entry last;
    private boolean running;

    private Actions(boolean onLoop) {
        this.onLoop = onLoop;
    }

    /** Those of an event loop. */
    static Actions ofLoop() {
        return new Actions(true);
    }

    /** The calling thread is the event loop's. */
    void attach() {
        CURRENT.set(this);
    }

    /** Whether the calling thread is running an action, so that another would be run after it. */
    static boolean isRunning() {
        Actions current = CURRENT.get();
        return current != null && current.running;
    }

    /** Runs a list of actions; if the calling thread is running one, after that has returned. */
    static void run(Entry entries) {
        Actions current = CURRENT.get();
        if (current == null) {
            runOnForeignThread(entries);
            return;
        }
        current.append(entries);
        if (!current.running) {
            current.resume();
        }
    }

    private static void runOnForeignThread(Entry entries) {
        Actions own;
        try {
            own = new Actions(false);
            CURRENT.set(own);
        } catch (OutOfMemoryError e) { // they have to be run all the same
            runNested(entries);
            return;
        }
        own.append(entries);
        try {
            own.resume();
        } finally {
            CURRENT.remove();
        }
        if (own.first != null) {
            runElsewhere(own.first);
        }
    }

    private static void runElsewhere(Entry rest) {
        try {
            ForkJoinPool.commonPool().execute(() -> runOnForeignThread(rest));
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            runNested(rest);
        }
    }

    private static void runNested(Entry entries) {
        for (Entry entry = entries; entry != null; ) {
            Entry next = entry.next;
            entry.next = null;
            runOne(entry);
            entry = next;
        }
    }

    /** On an event loop: whether actions are left for the next iteration. */
    boolean isPending() {
        return first != null;
    }

    /** Goes on with what is left. */
    void resume() {
        if (first != null) {
            running = true;
            try {
                runSome();
            } finally {
                running = false;
            }
        }
    }

    private void append(Entry entries) {
        if (first == null) {
            first = entries;
        } else {
            last.next = entries;
        }
        last = entries;
        while (last.next != null) {
            last = last.next;
        }
    }

    private void runSome() {
        for (int i = 0; i < MOST_IN_A_ROW && first != null; i++) {
            Entry entry = first;
            first = entry.next;
            last = first == null ? null : last; // which would keep a socket that is dropped later (U7)
            entry.next = null;
            runOne(entry);
            if (onLoop) {
                Thread.interrupted(); // what one action does to the thread doesn't reach the next
            }
        }
    }

    private static void runOne(Entry entry) {
        try {
            entry.run();
        } catch (Throwable thrown) { // one action's failure is not another's
            report(thrown);
        }
    }

    /** Calls a callback on an event loop's thread, if there is one. What it does to the thread doesn't reach the next. */
    static void call(Runnable callback) {
        if (callback != null) {
            try {
                callback.run();
            } catch (Throwable thrown) {
                report(thrown);
            }
            Thread.interrupted();
        }
    }

    /** Gives what was thrown to the thread's uncaught-exception handler, which may throw itself. */
    static void report(Throwable thrown) {
        try {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
        } catch (Throwable ignored) { // there is nowhere left to report it
        }
    }
}
