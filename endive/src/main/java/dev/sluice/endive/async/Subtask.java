// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.async;

import dev.sluice.endive.abi.Handles;
import dev.sluice.endive.abi.Trap;

/** A call of an asynchronous function of the host that has not returned at once. */
final class Subtask extends Waitable {
    static final int STARTED = 1;
    static final int RETURNED = 2;
    static final int CANCELLED_BEFORE_RETURNED = 4;

    private final Handles.Loan self;
    private final Runnable canceller;
    private int state = STARTED;
    private boolean cancelRequested;
    private boolean delivered;

    /**
     * @param self the borrow of the object that the function was called on; null if there is none
     * @param canceller asks the host to give the call up
     */
    Subtask(Handles.Loan self, Runnable canceller) {
        this.self = self;
        this.canceller = canceller;
    }

    void resolve(int resolved) {
        state = resolved;
        raise();
    }

    /** Asks the host to give the call up, if it is not over. */
    void cancel() {
        if (delivered) {
            throw new Trap("a subtask is cancelled after its result was delivered");
        }
        if (cancelRequested) {
            throw new Trap("a subtask is cancelled twice");
        }
        if (state == STARTED) {
            cancelRequested = true;
            canceller.run();
        }
    }

    @Override
    Event event() {
        delivered = true;
        if (self != null) {
            self.end();
        }
        return new Event(Event.SUBTASK, handle(), state);
    }

    @Override
    public void close() {
        if (!delivered) {
            throw new Trap("a subtask is dropped before its result was delivered");
        }
        super.close();
    }
}
