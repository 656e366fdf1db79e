// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp;

import java.io.IOException;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * An operation on a socket failed, for the reason that {@link #errorCode()} gives.
 *
 * <p>An error never ends a stream: the next call starts afresh. What a sender does next is told by
 * {@link #concernsEarlierDatagram()}: send the same datagram again, or go on without it.
 *
 * <p>Errors of {@code checkSend}, {@code send} and {@code receive} carry no stack trace but one fixed frame, because on a
 * busy socket they are part of normal traffic; all others carry one.
 */
public class SocketErrorException extends IOException {
    private static final long serialVersionUID = 1L;

    private static final int NO_ERRNO = 0;

    /** One frame instead of a stack trace: there are readers that expect at least one. */
    private static final StackTraceElement[] NO_TRACE = {
        new StackTraceElement(
                "dev.sluice.udp", "no stack trace, since errors of send and receive are frequent", null, -1)
    };

    /**
     * Whether the program is run from its source ({@code java Sender.java}). That launcher takes its own frames from the
     * trace of whatever {@code main} throws, and crashes where there are fewer (com.sun.tools.javac.launcher, JDK 11 to
     * 25). There every error has a stack trace, which suits a program that is being tried.
     */
    private static final boolean FROM_SOURCE = System.getProperty("jdk.launcher.sourcefile") != null;

    /** The reason. */
    private final ErrorCode errorCode;

    /** The system's own number, or 0. */
    private final int errno;

    /** Whose error it is. */
    private final boolean earlierDatagram;

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
        this(errorCode, message, errno, cause, stackTrace, false);
    }

    /**
     * An error, for providers, that may concern an earlier datagram.
     *
     * @param errorCode the reason
     * @param message what failed and what to do about it
     * @param errno the system's number for it, or 0 if it isn't known
     * @param cause the original exception, or null
     * @param stackTrace whether to record where it happened, which costs microseconds
     * @param concernsEarlierDatagram whether an earlier datagram caused it, and not the one whose send reports it
     */
    @SuppressWarnings("this-escape") // setStackTrace is Throwable's, and sees nothing of a subclass
    public SocketErrorException(
            ErrorCode errorCode,
            String message,
            int errno,
            Throwable cause,
            boolean stackTrace,
            boolean concernsEarlierDatagram) {
        super(message, cause);
        this.errorCode = Objects.requireNonNull(errorCode, "errorCode");
        this.errno = errno;
        this.earlierDatagram = concernsEarlierDatagram;
        if (stackTrace || FROM_SOURCE) {
            super.fillInStackTrace();
        } else {
            super.setStackTrace(NO_TRACE);
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

    /**
     * Says whose error it is. If this is true, an earlier datagram caused it: an ICMP message came back, say, and the system
     * reports that through the next call. The first datagram of the {@code send} that threw this was not tried, and
     * nothing speaks against it: send it again. If it is false, that datagram itself failed, and failed alone: to send it
     * again makes sense only if something changes.
     *
     * <p>An error of {@code receive} that the system reports concerns a datagram that was sent earlier. All other errors
     * concern what was called.
     *
     * @return whether it concerns an earlier datagram
     */
    public final boolean concernsEarlierDatagram() {
        return earlierDatagram;
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
