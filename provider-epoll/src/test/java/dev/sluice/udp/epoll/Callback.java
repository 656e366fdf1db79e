// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.epoll;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What the transports of a test call when they are ready. */
final class Callback implements Runnable {
    /** The threads on which it was called, one entry for each call. */
    private final BlockingQueue<Thread> calls = new LinkedBlockingQueue<>();

    @Override
    public void run() {
        calls.add(Thread.currentThread());
    }

    /** Waits for the next call, and says on which thread it was. */
    Thread await() throws InterruptedException {
        Thread thread = calls.poll(Peer.LONG.toSeconds(), TimeUnit.SECONDS);
        assertNotNull(thread, "the callback was not called");
        return thread;
    }

    /** Whether there is a call that nobody awaited. */
    boolean wasCalled() {
        return !calls.isEmpty();
    }
}
