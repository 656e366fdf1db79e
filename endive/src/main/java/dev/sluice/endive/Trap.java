package dev.sluice.endive;

import run.endive.runtime.TrapException;

/**
 * The guest did what the canonical ABI or WASI answers with a trap. An engine exception, so that it crosses the guest's
 * frames, which can't catch it.
 */
final class Trap extends TrapException {
    private static final long serialVersionUID = 1L;

    Trap(String message) {
        super(message);
    }

    Trap(String message, Throwable cause) {
        this(message);
        initCause(cause);
    }
}
