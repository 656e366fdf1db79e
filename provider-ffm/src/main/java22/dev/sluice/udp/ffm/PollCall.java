// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.ffm;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.DatagramTransport;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;

/** What one thread needs that waits in poll(2): for a socket, and for an event by which other threads end the wait. */
final class PollCall {
    private static final int EINTR = 4;

    private final EventDescriptor event = new EventDescriptor();
    private final InterruptHook interrupt = new InterruptHook(event::signal);
    private final MemorySegment errno;
    private final MemorySegment pollfds;

    PollCall() throws SocketErrorException {
        Arena arena = Arena.ofAuto();
        errno = arena.allocate(Layouts.ERRNO);
        pollfds = arena.allocate(Layouts.POLLFD, 2);
        set(1, event.descriptor(), DatagramTransport.READABLE);
    }

    private void set(int index, int descriptor, int interest) {
        long offset = index * Layouts.POLLFD.byteSize();
        pollfds.set(JAVA_INT, offset + Layouts.POLL_FD, descriptor);
        pollfds.set(JAVA_SHORT, offset + Layouts.POLL_EVENTS, (short) KernelSocket.pollEvents(interest));
    }

    /**
     * Waits until the descriptor is ready, the time is over, it is woken or the thread is interrupted, whose status stays.
     *
     * @return false if the system can't do it now
     */
    boolean await(int descriptor, int interest, long nanos) {
        set(0, descriptor, interest);
        interrupt.set();
        try {
            int result = CLibrary.poll(errno, pollfds, 2, millis(nanos));
            return result >= 0 || result == -EINTR;
        } finally {
            interrupt.unset();
        }
    }

    /** Rounded up: a wait that is too short would be followed by another. */
    private static int millis(long nanos) {
        long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
        return (int) Math.min(Integer.MAX_VALUE, millis + (TimeUnit.MILLISECONDS.toNanos(millis) < nanos ? 1 : 0));
    }

    void wakeup() {
        event.signal();
    }

    /** Forgets that it was woken, so that it can be used again. */
    void reset() {
        event.clear();
    }

    void close() {
        event.close();
    }
}
