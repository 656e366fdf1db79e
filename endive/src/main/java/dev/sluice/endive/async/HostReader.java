// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.async;

import dev.sluice.udp.Pollable;

/** The host's end of a stream that the guest writes. Used on the guest's thread, but for waiting. */
public interface HostReader extends Pollable {
    /** It takes no more. */
    int ENDED = -1;

    /** Takes what it can from the buffer, which is not empty, and says how many elements; 0 if it can't take any yet. */
    int read(GuestBuffer buffer);

    /** The guest dropped its end, so there is no more. */
    default void drop() {}
}
