// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.async;

import dev.sluice.udp.Pollable;

/** The host's end of a stream or future that the guest reads. Used on the guest's thread, but for waiting. */
public interface HostWriter extends Pollable {
    /** There is no more. */
    int ENDED = -1;

    /** Puts what there is into the buffer, which has room, and says how many elements; 0 if there is nothing yet. */
    int write(GuestBuffer buffer);

    /** The guest dropped its end. */
    default void drop() {}
}
