// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.abi;

import run.endive.runtime.TrapException;

/**
 * The guest did something that the canonical ABI or WASI answers with a trap, or exceeded one of its limits. It is an
 * exception of the engine, so that it unwinds the guest's frames, which can't catch it.
 */
public final class Trap extends TrapException {
    private static final long serialVersionUID = 1L;

    private final boolean limit;

    public Trap(String message) {
        this(message, null, false);
    }

    public Trap(String message, Throwable cause) {
        this(message, cause, false);
    }

    private Trap(String message, Throwable cause, boolean limit) {
        super(message);
        if (cause != null) {
            initCause(cause);
        }
        this.limit = limit;
    }

    /** The guest needs more than its limit of something. */
    public static Trap limit(String message) {
        return new Trap(message, null, true);
    }

    /** A variant's discriminant is out of range. */
    public static Trap badCase(int discriminant) {
        return new Trap("a variant has no case " + Integer.toUnsignedString(discriminant));
    }

    /** The same trap with the name of the called function before its message. */
    public Trap in(String function) {
        return new Trap(function + ": " + getMessage(), this, limit);
    }

    /** Whether a limit was exceeded. */
    public boolean isLimit() {
        return limit;
    }
}
