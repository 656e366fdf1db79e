// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive;

import java.util.List;
import java.util.Objects;

/**
 * A guest has trapped or was stopped; {@link #reason} says which. All that it had opened is closed. The message is one
 * line.
 */
public final class GuestTrapException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why a guest ended before its program did. */
    public enum Reason {
        /** It did what WebAssembly, the canonical ABI or WASI answers with a trap, or the engine failed. */
        TRAP,

        /** It needed more than its limit of something, other than time, or than the host's stack or memory. */
        LIMIT,

        /** The time of {@link Limits#time} was over. */
        TIME,

        /** Its thread was interrupted. */
        INTERRUPTION
    }

    /** Why the guest ended. */
    private final Reason reason;

    /** The guest's functions, the innermost first. */
    private final transient List<String> guestStack;

    GuestTrapException(Reason reason, String message, Throwable cause, List<String> guestStack) {
        super(OneLine.of(message), cause);
        this.reason = Objects.requireNonNull(reason, "reason");
        this.guestStack = guestStack.stream().map(OneLine::of).toList();
    }

    /**
     * Why the guest ended.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }

    /**
     * Where in its own code the guest was.
     *
     * @return the names of its functions, the innermost first; empty if the file has no names, or if the guest was
     *     interpreted
     */
    public List<String> guestStack() {
        return guestStack == null ? List.of() : guestStack;
    }
}
