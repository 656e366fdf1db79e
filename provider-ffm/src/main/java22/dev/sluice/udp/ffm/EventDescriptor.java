// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.ffm;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.Operation;
import dev.sluice.udp.spi.SocketErrors;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** An eventfd(2): has a thread return that waits for its descriptor, among others. Safe on any thread, also after close. */
final class EventDescriptor {
    private static final int EFD_NONBLOCK = 0x800;
    private static final int EFD_CLOEXEC = 0x80000;

    private final MemorySegment errno;
    private final MemorySegment counter;
    private final int descriptor;

    // Guarded by this.
    private boolean signalled;
    private boolean closed;

    EventDescriptor() throws SocketErrorException {
        Arena arena = Arena.ofAuto();
        errno = arena.allocate(Layouts.ERRNO);
        counter = arena.allocate(JAVA_LONG);
        descriptor = CLibrary.eventfd(errno, 0, EFD_NONBLOCK | EFD_CLOEXEC);
        if (descriptor < 0) {
            throw SocketErrors.ofLinux(Operation.WAIT, -descriptor, null);
        }
    }

    /** For a call that is over before {@link #close}. */
    int descriptor() {
        return descriptor;
    }

    /** Makes it readable. */
    synchronized void signal() {
        if (!signalled && !closed) {
            signalled = true;
            counter.set(JAVA_LONG, 0, 1);
            CLibrary.write(errno, descriptor, counter);
        }
    }

    /** Makes it unreadable. */
    synchronized void clear() {
        if (signalled && !closed) {
            CLibrary.read(errno, descriptor, counter);
            signalled = false;
        }
    }

    synchronized boolean isSignalled() {
        return signalled;
    }

    synchronized void close() {
        if (!closed) {
            closed = true;
            CLibrary.close(errno, descriptor);
        }
    }
}
