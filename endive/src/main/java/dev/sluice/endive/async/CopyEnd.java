// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.async;

import dev.sluice.endive.abi.Call;
import dev.sluice.endive.abi.Trap;

/** The guest's end of a stream or future. */
public final class CopyEnd extends Waitable {
    static final int COMPLETED = 0;
    static final int DROPPED = 1;
    static final int CANCELLED = 2;

    private enum State {
        IDLE,
        COPYING,
        DONE
    }

    final Channel channel;
    final boolean isReadable;
    private State state = State.IDLE;
    private GuestBuffer buffer;
    private int result;

    CopyEnd(Channel channel, boolean isReadable) {
        this.channel = channel;
        this.isReadable = isReadable;
    }

    /** The memory of the copy that is under way. */
    GuestBuffer buffer() {
        return buffer;
    }

    /** Begins a copy, which may be over at once: then there is an event. */
    void begin(GuestBuffer memory) {
        if (state != State.IDLE) {
            throw new Trap(state == State.DONE ? this + " is used after it ended" : this + " is being copied already");
        }
        state = State.COPYING;
        buffer = memory;
        channel.begin(this);
    }

    void finish(int how) {
        result = how;
        raise();
    }

    /** Gives up a copy that is not over; either way there is an event then. */
    void cancel() {
        if (state != State.COPYING) {
            throw new Trap("nothing of " + this + " is being copied, so there is nothing to cancel");
        }
        if (!hasEvent()) {
            finish(CANCELLED);
        }
    }

    @Override
    Event event() {
        channel.forget(this);
        boolean over = result == DROPPED || channel.isFuture && result == COMPLETED;
        state = over ? State.DONE : State.IDLE;
        int payload = channel.isFuture ? result : result | buffer.progress() << 4;
        buffer = null;
        return new Event(code(), handle(), payload);
    }

    private int code() {
        if (channel.isFuture) {
            return isReadable ? Event.FUTURE_READ : Event.FUTURE_WRITE;
        }
        return isReadable ? Event.STREAM_READ : Event.STREAM_WRITE;
    }

    /** The guest passes the readable end of a stream on, and has it no more. */
    public static Channel passOn(Call call, int handle, Element element) {
        CopyEnd end = call.handles().remove(handle, CopyEnd.class);
        if (!end.isReadable || end.channel.isFuture || end.channel.element != element) {
            throw new Trap(
                    "the handle is " + end + ", but a readable end of a stream of " + element.name() + " is needed");
        }
        if (end.state != State.IDLE || end.isInSet()) {
            throw new Trap(end + " is passed on while it is in use");
        }
        return end.channel;
    }

    @Override
    public void close() {
        if (state == State.COPYING) {
            throw new Trap(this + " is dropped while it is being copied");
        }
        if (channel.isFuture && !isReadable && state != State.DONE) {
            throw new Trap("a future is dropped before a value was written");
        }
        super.close();
        channel.drop(this);
    }

    @Override
    public String toString() {
        return (isReadable ? "the readable end of a " : "the writable end of a ")
                + (channel.isFuture ? "future" : "stream") + " of " + channel.element.name();
    }
}
