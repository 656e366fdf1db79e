// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.epoll;

import dev.sluice.udp.spi.DatagramTransport;
import dev.sluice.udp.spi.EventLoop;
import dev.sluice.udp.spi.EventRegistration;
import dev.sluice.udp.spi.Multiplexer;
import dev.sluice.udp.spi.Operation;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * One socket's place in epoll. Both directions share one registration, which is one-shot: an event, an error among them,
 * disarms it, and it is armed again for the direction that still waits.
 */
final class EpollRegistration extends EventRegistration {
    private static final int EPOLLIN = 1;
    private static final int EPOLLOUT = 4;
    private static final int EPOLLONESHOT = 1 << 30;

    /** What to ask for, by what is waited for. Errors are reported in any case. */
    private static final EpollIoOps[] OPS = {
        EpollIoOps.valueOf(EPOLLONESHOT),
        EpollIoOps.valueOf(EPOLLONESHOT | EPOLLIN),
        EpollIoOps.valueOf(EPOLLONESHOT | EPOLLOUT),
        EpollIoOps.valueOf(EPOLLONESHOT | EPOLLIN | EPOLLOUT),
    };

    private static final int BOTH = DatagramTransport.READABLE | DatagramTransport.WRITABLE;

    private final FileDescriptor descriptor;

    // Guarded by this.
    private EpollMultiplexer epoll;

    /** Null while it is under way to the loop's thread, on which Netty wants it. */
    private IoRegistration registration;

    EpollRegistration(FileDescriptor descriptor, EventLoop loop) {
        super(loop);
        this.descriptor = descriptor;
    }

    @Override
    protected void request(Multiplexer multiplexer, int interest) throws IOException {
        EpollMultiplexer current = (EpollMultiplexer) multiplexer;
        if (interest == 0) {
            return; // the event has disarmed it
        }
        if (current != epoll) {
            current.execute(() -> register(current));
            epoll = current;
            registration = null;
        } else if (registration != null) {
            submit(interest);
        } // else what is waited for by then will be asked for
    }

    /** Registers a descriptor and asks for everything, on the loop's thread, as sockets are. */
    static void tryOut(FileDescriptor descriptor, EpollMultiplexer epoll) throws IOException {
        EpollRegistration probe = new EpollRegistration(descriptor, null);
        try {
            probe.registration = epoll.register(probe.new Handle());
            probe.submit(BOTH);
        } catch (Exception e) {
            throw NettyErrors.of(Operation.WAIT, e);
        }
    }

    private void submit(int interest) throws IOException {
        try {
            registration.submit(OPS[interest]); // epoll_ctl, on the calling thread
        } catch (UncheckedIOException e) {
            throw NettyErrors.of(Operation.WAIT, e.getCause());
        }
    }

    /** On the loop's thread. If epoll has no room, those that wait are woken after a pause, to look and to ask again. */
    private synchronized void register(EpollMultiplexer current) {
        if (epoll != current) {
            return;
        }
        try {
            registration = current.register(new Handle());
            submit(waitedFor());
        } catch (Exception e) {
            if (registration != null) { // taken in by Netty, refused by the kernel
                registration.cancel();
                registration = null;
            }
            epoll = null;
            retryLater();
        }
    }

    @Override
    protected void release(Multiplexer multiplexer) {
        if (registration != null) {
            registration.cancel();
            registration = null;
        }
        epoll = null;
    }

    /** The registration as Netty sees it. */
    private final class Handle implements EpollIoHandle {
        @Override
        public void handle(IoRegistration source, IoEvent event) {
            int events = ((EpollIoEvent) event).ops().value();
            boolean error = (events & ~(EPOLLIN | EPOLLOUT)) != 0;
            occurred(error ? BOTH : ready(events));
        }

        private int ready(int events) {
            return ((events & EPOLLIN) != 0 ? DatagramTransport.READABLE : 0)
                    | ((events & EPOLLOUT) != 0 ? DatagramTransport.WRITABLE : 0);
        }

        @Override
        public FileDescriptor fd() {
            return descriptor;
        }

        @Override
        public void registered() {}

        @Override
        public void unregistered() {}

        /** The loop has ended; with the next one the socket is registered anew. */
        @Override
        public void close() {}
    }
}
