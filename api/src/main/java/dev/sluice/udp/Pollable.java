// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Something to wait for: {@code pollable} of {@code wasi:io/poll}. It is a view with nothing to close.
 *
 * <p>The primitive is {@link #onReady}; waiting is written once on top of it. Anyone may implement this interface, for
 * a timer say, and wait for it together with sockets of any provider.
 *
 * <p><b>Threads.</b> All methods are safe to call from any thread, several at once included. Waiting works on virtual
 * threads, spins nowhere, and needs no thread per socket ({@link Rule#P3 P3}).
 */
@ConsumerType
public interface Pollable {

    /** A callback that {@link #onReady} has accepted. */
    @FunctionalInterface
    interface Registration {
        /**
         * Takes the callback back. It won't be called afterwards, unless it is being called just now. Calling this
         * again, or after the callback ran, does nothing.
         */
        void cancel();
    }

    /**
     * Says whether it is ready now. Never blocks.
     *
     * @return whether the operation that this stands for would do something: succeed, or throw
     */
    boolean ready();

    /**
     * Calls {@code action} once, as soon as this is ready; at once, on the calling thread, if it is ready already.
     *
     * <p>Otherwise it is called on a thread of the provider's, which serves all its sockets, or on one that closes the
     * socket, supersedes the stream or meets an error: the action must not block. By the time it runs another thread
     * may have used up what made this ready. What it throws is given to the thread's uncaught-exception handler and
     * affects no other action.
     *
     * <p>An action may register itself again, also when this is ready at once: it is then called after it has returned,
     * not from inside itself, so the stack doesn't grow ({@link Rule#P4 P4}).
     *
     * @param action what to call
     * @return the way to take it back
     * @throws java.io.UncheckedIOException if this can't be waited for now, because the system has no thread, memory or
     *     descriptor left for it; its cause, a {@link SocketErrorException}, says which. The action is not registered;
     *     a later call tries again
     */
    Registration onReady(Runnable action);

    /**
     * Says whether this is ready for good, because what it stands for has ended: the stream was superseded, or its socket
     * closed. A {@link Poller} tells such a one once, and lets it go.
     *
     * @return whether it is; false, which this default always answers, where that isn't known
     */
    default boolean hasEnded() {
        return false;
    }

    /**
     * Waits until this is ready ({@link Rule#P1 P1}).
     *
     * @throws InterruptedException if the thread was or is interrupted while it isn't ready
     * @throws java.io.UncheckedIOException as {@link #onReady} does
     */
    default void block() throws InterruptedException {
        poll(List.of(this));
    }

    /**
     * Waits until this is ready, but no longer than a time.
     *
     * @param timeout how long at most; zero or less only asks
     * @return whether it is ready
     * @throws InterruptedException if the thread was or is interrupted while it isn't ready
     * @throws java.io.UncheckedIOException as {@link #onReady} does
     */
    default boolean block(Duration timeout) throws InterruptedException {
        return poll(List.of(this), timeout).length > 0;
    }

    /**
     * Waits until at least one of several is ready. Each is asked at first; after a wait only those are asked whose callback
     * has come, so one that became ready in the same moment may be in the next answer instead.
     *
     * @param pollables what to wait for; the same one may stand there twice
     * @return the indices of those that are ready, ascending; at least one
     * @throws IllegalArgumentException if the list is empty
     * @throws InterruptedException if the thread was or is interrupted while none is ready
     * @throws java.io.UncheckedIOException as {@link #onReady} does
     */
    static int[] poll(List<? extends Pollable> pollables) throws InterruptedException {
        return new Waiting(pollables).untilReady(Long.MAX_VALUE);
    }

    /**
     * Waits until at least one of several is ready, but no longer than a time.
     *
     * @param pollables what to wait for; the same one may stand there twice
     * @param timeout how long at most; zero or less only asks
     * @return the indices of those that are ready, ascending; empty after the time
     * @throws IllegalArgumentException if the list is empty
     * @throws InterruptedException if the thread was or is interrupted while none is ready
     * @throws java.io.UncheckedIOException as {@link #onReady} does
     */
    static int[] poll(List<? extends Pollable> pollables, Duration timeout) throws InterruptedException {
        Objects.requireNonNull(timeout, "timeout");
        return new Waiting(pollables).untilReady(Waiting.nanos(timeout));
    }
}
