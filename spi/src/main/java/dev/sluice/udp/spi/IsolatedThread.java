// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

/** A daemon that inherits nothing from the thread that happened to start it (P5). */
final class IsolatedThread extends Thread {
    IsolatedThread(Runnable task, String name) {
        super(topmostGroup(), task, name, 0, false);
        setDaemon(true);
        setContextClassLoader(null);
    }

    /** A group below could be interrupted, or be a web application's. */
    private static ThreadGroup topmostGroup() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        return group;
    }
}
