// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.async;

import dev.sluice.endive.abi.Handles;
import dev.sluice.endive.abi.Trap;

/** The tasks of one guest, of which one is current, and the loop that serves them. */
public final class Tasks {
    private static final int EXIT = 0;
    private static final int YIELD = 1;
    private static final int WAIT = 2;

    final EventLoop loop;
    private Task current = Task.synchronous();

    public Tasks(EventLoop loop) {
        this.loop = loop;
    }

    public EventLoop loop() {
        return loop;
    }

    Task current() {
        return current;
    }

    /** What the guest calls from now on belongs to this task. */
    public void begin(Task task) {
        current = task;
    }

    /** Traps unless the current task has returned its result. */
    public void ensureReturned() {
        current.ensureReturned();
    }

    /** A guest's callback: from an event to what to do next. */
    @FunctionalInterface
    public interface Callback {
        int call(int event, int index, int payload);
    }

    /**
     * Goes on with a task that is lifted with a callback, until it exits.
     *
     * @param first what its function returned
     * @param callback its callback
     * @param handles the guest's
     */
    public void runToExit(int first, Callback callback, Handles handles) throws InterruptedException {
        int packed = first;
        while (true) {
            Event event;
            switch (packed & 0xf) {
                case EXIT -> {
                    current.ensureReturned();
                    return;
                }
                case YIELD -> {
                    if (Thread.interrupted()) {
                        throw new InterruptedException();
                    }
                    loop.runPending();
                    event = Event.NONE;
                }
                case WAIT ->
                    event = handles.get(packed >>> 4, WaitableSet.class).await(loop);
                default -> throw new Trap("a callback returned the unknown code " + (packed & 0xf));
            }
            packed = callback.call(event.code(), event.index(), event.payload());
        }
    }
}
