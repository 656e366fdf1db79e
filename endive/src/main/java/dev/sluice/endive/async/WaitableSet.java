// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.async;

import dev.sluice.endive.abi.Resource;
import dev.sluice.endive.abi.Trap;
import java.util.ArrayDeque;
import java.util.Deque;

/** {@code waitable-set}: the guest waits for the first event of its members. */
final class WaitableSet implements Resource {
    /** The members with an event, in the order in which they got it. */
    final Deque<Waitable> ready = new ArrayDeque<>();

    int members;

    /** Waits for an event. */
    Event await(EventLoop loop) throws InterruptedException {
        loop.runPending();
        while (ready.isEmpty()) {
            loop.runNext();
        }
        return ready.element().take();
    }

    /** An event if there is one. */
    Event poll(EventLoop loop) {
        loop.runPending();
        return ready.isEmpty() ? Event.NONE : ready.element().take();
    }

    @Override
    public void close() {
        if (members > 0) {
            throw new Trap("a waitable-set is dropped while " + members + " waitable(s) are in it");
        }
    }
}
