// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.async;

import dev.sluice.endive.abi.Trap;
import dev.sluice.udp.Pollable;

/**
 * What the two ends of a stream or future share: at most one copy that waits for the other end. Each end belongs to the
 * guest, or to the host.
 */
public final class Channel {
    final Element element;
    final boolean isFuture;
    private final EventLoop loop;
    private final HostWriter writer; // null if the guest writes
    private HostReader reader; // null if the guest reads
    private boolean dropped;

    /** The end whose copy waits for the other end, or can still take more until its event is delivered. */
    private CopyEnd waiting;

    /** What wakes a copy from or to the host; null if none waits. */
    private Pollable.Registration registration;

    private Channel(Element element, boolean isFuture, EventLoop loop, HostWriter writer) {
        this.element = element;
        this.isFuture = isFuture;
        this.loop = loop;
        this.writer = writer;
    }

    /** A stream of which the guest has both ends. */
    static Channel between(Element element, boolean isFuture, EventLoop loop) {
        return new Channel(element, isFuture, loop, null);
    }

    /** A stream that the host writes; returns the guest's end. */
    public static CopyEnd stream(Element element, EventLoop loop, HostWriter writer) {
        return new CopyEnd(new Channel(element, false, loop, writer), true);
    }

    /** A future that the host writes; returns the guest's end. */
    public static CopyEnd future(Element element, EventLoop loop, HostWriter writer) {
        return new CopyEnd(new Channel(element, true, loop, writer), true);
    }

    /** The host's writing end, or null. */
    public HostWriter writer() {
        return writer;
    }

    /** The host reads from now on what the guest writes. */
    public void readBy(HostReader host) {
        reader = host;
        if (dropped) {
            host.drop();
        } else if (waiting != null) {
            step(waiting);
        }
    }

    /** Begins an end's copy, which may be over at once. */
    void begin(CopyEnd end) {
        if (dropped) {
            end.finish(CopyEnd.DROPPED);
        } else if (end.isReadable ? writer != null : reader != null) {
            step(end);
        } else if (waiting == null) {
            waiting = end;
        } else {
            meet(end, waiting);
        }
    }

    /** A copy from or to the host. */
    private void step(CopyEnd end) {
        GuestBuffer buffer = end.buffer();
        if (buffer.length() == 0 ? host(end).ready() : copied(end, buffer)) {
            waiting = null;
            end.finish(dropped ? CopyEnd.DROPPED : CopyEnd.COMPLETED);
            return;
        }
        waiting = end;
        Runnable again = () -> {
            if (waiting == end && end.buffer() == buffer) {
                step(end);
            }
        };
        registration = host(end).onReady(() -> loop.later(again));
    }

    private Pollable host(CopyEnd end) {
        return end.isReadable ? writer : reader;
    }

    /** Whether something was copied, or the host's end has ended. */
    private boolean copied(CopyEnd end, GuestBuffer buffer) {
        int count = end.isReadable ? writer.write(buffer) : reader.read(buffer);
        dropped |= count < 0;
        return count != 0;
    }

    /** A copy between two ends of the guest's, of which the other came first. */
    private void meet(CopyEnd end, CopyEnd other) {
        if (!element.isNumber()) {
            throw new Trap("a guest copies " + element.name() + " to itself, which only numbers can be");
        }
        GuestBuffer mine = end.buffer();
        GuestBuffer others = other.buffer();
        if (others.remaining() > 0) {
            int count = Math.min(mine.remaining(), others.remaining());
            if (count > 0) {
                (end.isReadable ? mine : others).takeFrom(end.isReadable ? others : mine, count);
                other.finish(CopyEnd.COMPLETED);
            }
            end.finish(CopyEnd.COMPLETED);
            waiting = isFuture ? null : other;
        } else if (!end.isReadable && mine.length() == 0 && others.length() == 0) {
            end.finish(CopyEnd.COMPLETED);
        } else {
            waiting = end;
            other.finish(CopyEnd.COMPLETED);
        }
    }

    /** The copy of an end is over for the guest. */
    void forget(CopyEnd end) {
        if (waiting == end) {
            waiting = null;
        }
        if (registration != null) {
            registration.cancel();
            registration = null;
        }
    }

    /** The guest drops an end. */
    void drop(CopyEnd end) {
        if (end.isReadable && writer != null) {
            writer.drop();
        } else if (!end.isReadable && reader != null) {
            reader.drop();
        } else if (waiting != null) {
            CopyEnd other = waiting;
            waiting = null;
            other.finish(CopyEnd.DROPPED);
        }
        dropped = true;
    }
}
