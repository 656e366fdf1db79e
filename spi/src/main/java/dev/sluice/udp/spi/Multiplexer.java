// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One system call that waits for many sockets: a selector, an epoll instance. An {@link EventLoop} owns it and calls
 * {@link #await} on its thread; what has become ready is reported by {@link EventRegistration#occurred}.
 */
@ConsumerType
public interface Multiplexer {

    /** Opens a multiplexer each time the loop's thread is started. */
    @FunctionalInterface
    @ConsumerType
    interface Factory {
        /**
         * Opens one. Called on the thread of the first that waits, before the loop's thread exists.
         *
         * @param context what the multiplexer may ask of its loop
         * @return the multiplexer
         * @throws IOException if the system has no room for it, such as a descriptor
         */
        Multiplexer open(EventLoop.Context context) throws IOException;
    }

    /**
     * Waits until a socket is ready, {@link #wakeup} is called or the time is over. It may return early. An event must not
     * run foreign code: {@link EventRegistration#occurred} queues it.
     *
     * <p>A failure wakes everything that waits in the loop, so no event need be kept back for it.
     *
     * @param nanos how long at most; 0 or less only looks
     * @throws IOException if the system call failed
     */
    void await(long nanos) throws IOException;

    /**
     * Ends an {@link #await} that is running, or makes the next one return at once. From any thread.
     */
    void wakeup();

    /** Closes it. On the loop's thread, or, if that could not be started, on the thread that opened it. */
    void close();
}
