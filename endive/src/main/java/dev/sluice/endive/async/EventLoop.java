// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.async;

import dev.sluice.endive.abi.Trap;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** What is to be done on the guest's thread, the next time that the guest waits or asks what has happened. */
public final class EventLoop implements Executor, AutoCloseable {
    /** Guarded by this. */
    private Deque<Runnable> tasks = new ArrayDeque<>();

    private boolean closed; // guarded by this

    /** The thread that runs tasks now. */
    private volatile Thread running;

    /** Hands over a task, from any thread. Refuses it once the guest has ended. */
    @Override
    public synchronized void execute(Runnable task) {
        if (closed) {
            throw new RejectedExecutionException("the guest has ended");
        }
        tasks.add(task);
        notifyAll();
    }

    /** Runs a task at once if this thread runs tasks, and hands it over otherwise. Once the guest has ended it is dropped. */
    public void run(Runnable task) {
        if (running == Thread.currentThread()) {
            task.run();
        } else {
            later(task);
        }
    }

    /** Hands over a task, from any thread. Once the guest has ended it is dropped. */
    public synchronized void later(Runnable task) {
        if (!closed) {
            execute(task);
        }
    }

    /** Runs what was handed over by now; what is added meanwhile comes next time, so that this ends. */
    public void runPending() {
        Deque<Runnable> now;
        synchronized (this) {
            if (tasks.isEmpty()) {
                return;
            }
            now = tasks;
            tasks = new ArrayDeque<>();
        }
        Thread outer = running;
        running = Thread.currentThread();
        try {
            now.forEach(Runnable::run);
        } finally {
            running = outer;
        }
    }

    /** Waits until there is a task, and runs what there is. */
    public void runNext() throws InterruptedException {
        if (Thread.interrupted()) { // also where there is always a task
            throw new InterruptedException();
        }
        synchronized (this) {
            while (tasks.isEmpty()) {
                if (closed) {
                    throw new Trap("the guest has ended");
                }
                wait();
            }
        }
        runPending();
    }

    /** Drops all tasks and takes no more. From any thread. */
    @Override
    public synchronized void close() {
        closed = true;
        tasks.clear();
        notifyAll();
    }
}
