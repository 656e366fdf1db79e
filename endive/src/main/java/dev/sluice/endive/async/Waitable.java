// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.async;

import dev.sluice.endive.abi.Handles;
import dev.sluice.endive.abi.Resource;

/** What a guest can wait for: it has at most one event at a time, of which the guest learns the latest state. */
public abstract class Waitable implements Resource {
    private int handle;
    private boolean hasEvent;
    private WaitableSet set;

    /** Gives the guest a handle to this. */
    public final int addTo(Handles handles) {
        handle = handles.add(this);
        return handle;
    }

    final int handle() {
        return handle;
    }

    final boolean hasEvent() {
        return hasEvent;
    }

    /** There is an event now, or what it says has changed. */
    final void raise() {
        if (!hasEvent) {
            hasEvent = true;
            if (set != null) {
                set.ready.add(this);
            }
        }
    }

    /** The guest takes the event. */
    final Event take() {
        hasEvent = false;
        if (set != null) {
            set.ready.remove(this); // the first, if the set delivers it
        }
        return event();
    }

    /** What the event is, by now. */
    abstract Event event();

    final boolean isInSet() {
        return set != null;
    }

    /** Moves this to a set, or (null) to none. */
    final void join(WaitableSet next) {
        if (set != null) {
            set.members--;
            if (hasEvent) {
                set.ready.remove(this);
            }
        }
        set = next;
        if (next != null) {
            next.members++;
            if (hasEvent) {
                next.ready.add(this);
            }
        }
    }

    @Override
    public void close() {
        join(null);
    }
}
