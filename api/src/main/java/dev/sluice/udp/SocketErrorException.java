package dev.sluice.udp;

import java.io.IOException;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * An operation on a socket failed, for the reason that {@link #errorCode()} gives.
 *
 * <p>An error never ends a stream: the next call starts afresh. Errors of {@code checkSend}, {@code send} and
 * {@code receive} carry no stack trace, because on a busy socket they are part of normal traffic; all others do.
 */
public class SocketErrorException extends IOException {
    private static final long serialVersionUID = 1L;

    private static final int NO_ERRNO = 0;

    /** The reason. */
    private final ErrorCode errorCode;

    /** The system's own number, or 0. */
    private final int errno;

    /**
     * An error that Sluice itself found, with a stack trace.
     *
     * @param errorCode the reason
     * @param message what failed and what to do about it
     */
    public SocketErrorException(ErrorCode errorCode, String message) {
        this(errorCode, message, NO_ERRNO, null, true);
    }

    /**
     * An error, for providers.
     *
     * @param errorCode the reason
     * @param message what failed and what to do about it
     * @param errno the system's number for it, or 0 if it isn't known
     * @param cause the original exception, or null
     * @param stackTrace whether to record where it happened, which costs microseconds
     */
    public SocketErrorException(ErrorCode errorCode, String message, int errno, Throwable cause, boolean stackTrace) {
        super(message, cause);
        this.errorCode = Objects.requireNonNull(errorCode, "errorCode");
        this.errno = errno;
        if (stackTrace) {
            super.fillInStackTrace();
        }
    }

    /**
     * The reason, the same on every provider and system.
     *
     * @return the code
     */
    public final ErrorCode errorCode() {
        return errorCode;
    }

    /**
     * The operating system's own error number, where it is known.
     *
     * @return the errno, a positive number
     */
    public final OptionalInt errno() {
        return errno == NO_ERRNO ? OptionalInt.empty() : OptionalInt.of(errno);
    }

    /** Does nothing: whether there is a stack trace was decided when the exception was made. */
    @Override
    public final synchronized Throwable fillInStackTrace() {
        return this; // called by Throwable's constructor; the constructor above walks the stack where it is wanted
    }

    @Override
    public final String toString() {
        return getClass().getName() + ": " + errorCode.witName() + ": " + getMessage();
    }
}
