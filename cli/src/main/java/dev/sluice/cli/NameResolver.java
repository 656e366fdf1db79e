// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import java.net.InetSocketAddress;
import java.security.Security;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Resolves a name again and again, on a thread of its own: a resolver that is down takes its time to say so. */
final class NameResolver implements AutoCloseable {
    static {
        // The JVM would remember an answer for half a minute, and a failure for ten seconds (java.security).
        Security.setProperty("networkaddress.cache.ttl", "0");
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
    }

    private final HostPort name;
    private final Duration interval;
    private final Thread thread = new Thread(this::run, "resolver");
    private volatile List<InetSocketAddress> latest;

    /** Resolves the name once, and then again after each interval; never again if that is zero. */
    NameResolver(HostPort name, Duration interval) throws Failure {
        this.name = name;
        this.interval = interval;
        this.latest = name.resolve();
        thread.setDaemon(true);
        if (name.isName() && !interval.isZero()) {
            thread.start();
        }
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                TimeUnit.NANOSECONDS.sleep(interval.toNanos());
                latest = name.resolve();
            } catch (Failure e) { // what was known stays the best that is known
                continue;
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** What the name had when it was last asked for: another list than before only if it was asked for again. */
    List<InetSocketAddress> latest() {
        return latest;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
