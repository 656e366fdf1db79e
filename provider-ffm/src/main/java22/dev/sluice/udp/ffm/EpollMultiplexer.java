// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.ffm;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.EventLoop;
import dev.sluice.udp.spi.Multiplexer;
import dev.sluice.udp.spi.Operation;
import dev.sluice.udp.spi.SocketErrors;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Waits in epoll_wait(2), which returns the sockets that are ready and no others, so a wake-up costs the same however many
 * wait.
 */
final class EpollMultiplexer implements Multiplexer {
    private static final int EPOLL_CLOEXEC = 0x80000;
    private static final int EPOLL_CTL_ADD = 1;
    private static final int EPOLL_CTL_DEL = 2;
    private static final int EPOLL_CTL_MOD = 3;
    private static final int EPOLLIN = 1;
    private static final int EPOLLONESHOT = 1 << 30;
    private static final int EINTR = 4;

    /** How many events one call brings; the next one brings the others. */
    private static final int MOST_EVENTS = 256;

    /** What the event that wakes is known by: no descriptor is negative. */
    private static final long WAKEUP = -1;

    private final int epoll;
    private final EventDescriptor event;

    /** For the loop's thread. */
    private final MemorySegment waitErrno;

    private final MemorySegment events;

    // Guarded by this.
    private final MemorySegment controlErrno;
    private final MemorySegment controlEvent;
    private boolean closed;

    // By descriptor: the registration, and the number that its events carry.
    private EpollRegistration[] registrations = {};
    private int[] numbers = {};

    /** How many have been registered so far. */
    private int registered;

    private EpollMultiplexer(int epoll, EventDescriptor event, Arena arena) {
        this.epoll = epoll;
        this.event = event;
        this.waitErrno = arena.allocate(Layouts.ERRNO);
        this.controlErrno = arena.allocate(Layouts.ERRNO);
        this.controlEvent = arena.allocate(Layouts.EPOLL_EVENT_SIZE, Long.BYTES);
        this.events = arena.allocate(MOST_EVENTS * Layouts.EPOLL_EVENT_SIZE, Long.BYTES);
    }

    /** Opens the descriptors: of epoll, and of the event that wakes it. */
    static EpollMultiplexer open(EventLoop.Context loop) throws SocketErrorException {
        Arena arena = Arena.ofAuto();
        MemorySegment errno = arena.allocate(Layouts.ERRNO);
        int epoll = CLibrary.epollCreate(errno, EPOLL_CLOEXEC);
        check(epoll);
        EpollMultiplexer opened = null;
        EventDescriptor event = null;
        try {
            event = new EventDescriptor();
            EpollMultiplexer multiplexer = new EpollMultiplexer(epoll, event, arena);
            check(multiplexer.control(EPOLL_CTL_ADD, event.descriptor(), EPOLLIN, WAKEUP));
            opened = multiplexer;
        } finally {
            if (opened == null) {
                CLibrary.close(errno, epoll);
                if (event != null) {
                    event.close();
                }
            }
        }
        return opened;
    }

    private static void check(int result) throws SocketErrorException {
        if (result < 0) {
            throw SocketErrors.ofLinux(Operation.WAIT, -result, null);
        }
    }

    private synchronized int control(int operation, int descriptor, int wanted, long data) {
        controlEvent.set(JAVA_INT, Layouts.EPOLL_EVENTS, wanted);
        controlEvent.set(Layouts.EPOLL_DATA_LAYOUT, Layouts.EPOLL_DATA, data);
        return CLibrary.epollCtl(controlErrno, epoll, operation, descriptor, controlEvent);
    }

    /**
     * Has one event of a socket reported. An event that was on its way when the socket was closed is told from one of the
     * socket that has its descriptor by then: each is known by a number of its own.
     *
     * @return the number of its registration, by which to ask again
     */
    synchronized int request(EpollRegistration registration, int descriptor, int number, int interest)
            throws SocketErrorException {
        if (closed) {
            throw new SocketErrorException(ErrorCode.INVALID_STATE, "the provider was stopped");
        }
        boolean isNew = number == EpollRegistration.UNREGISTERED;
        int its = isNew ? ++registered : number;
        long data = (long) its << 32 | descriptor;
        int wanted = EPOLLONESHOT | KernelSocket.pollEvents(interest);
        if (descriptor >= numbers.length) {
            int length = Math.max(descriptor + 1, 2 * numbers.length);
            registrations = Arrays.copyOf(registrations, length);
            numbers = Arrays.copyOf(numbers, length);
        }
        check(control(isNew ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, descriptor, wanted, data));
        registrations[descriptor] = registration;
        numbers[descriptor] = its;
        return its;
    }

    synchronized void release(int descriptor) {
        if (!closed) {
            control(EPOLL_CTL_DEL, descriptor, 0, 0);
            registrations[descriptor] = null;
        }
    }

    private synchronized EpollRegistration registration(long data) {
        int descriptor = (int) data;
        return numbers[descriptor] == (int) (data >>> 32) ? registrations[descriptor] : null;
    }

    @Override
    public void await(long nanos) throws SocketErrorException {
        int count = CLibrary.epollWait(waitErrno, epoll, events, MOST_EVENTS, millis(nanos));
        if (count == -EINTR) {
            return;
        }
        check(count);
        for (int i = 0; i < count; i++) {
            long offset = i * Layouts.EPOLL_EVENT_SIZE;
            long data = events.get(Layouts.EPOLL_DATA_LAYOUT, offset + Layouts.EPOLL_DATA);
            if (data == WAKEUP) {
                event.clear();
            } else {
                occurred(registration(data), events.get(JAVA_INT_UNALIGNED, offset + Layouts.EPOLL_EVENTS));
            }
        }
    }

    private static void occurred(EpollRegistration registration, int reported) {
        if (registration != null) {
            registration.occurred(KernelSocket.ofPoll(reported));
        }
    }

    private static int millis(long nanos) {
        if (nanos <= 0) {
            return 0;
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
        return millis >= Integer.MAX_VALUE ? -1 : (int) millis + 1;
    }

    @Override
    public void wakeup() {
        event.signal();
    }

    /** Whether a wakeup has not been seen by {@link #await} yet. */
    boolean isWoken() {
        return event.isSignalled();
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            CLibrary.close(controlErrno, epoll);
            event.close();
        }
    }
}
