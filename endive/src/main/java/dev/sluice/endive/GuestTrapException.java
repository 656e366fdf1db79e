package dev.sluice.endive;

import java.util.List;

/**
 * A guest has trapped, or was stopped: by its own fault, by a limit, or by an interruption of its thread. All that it had
 * opened is closed. The message is one line.
 */
public final class GuestTrapException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The guest's functions, the innermost first. */
    private final transient List<String> guestStack;

    GuestTrapException(String message, Throwable cause, List<String> guestStack) {
        super(message, cause);
        this.guestStack = guestStack;
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
