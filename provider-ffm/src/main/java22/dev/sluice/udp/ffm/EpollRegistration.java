// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.ffm;

import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.EventLoop;
import dev.sluice.udp.spi.EventRegistration;
import dev.sluice.udp.spi.Multiplexer;

/**
 * One socket's place in epoll. Both directions share one registration, which is one-shot: an event, an error among them,
 * disarms it, and it is armed again for the direction that still waits.
 */
final class EpollRegistration extends EventRegistration {
    /** No registration has this number. */
    static final int UNREGISTERED = 0;

    private final int descriptor;

    // Guarded by this.
    private Multiplexer epoll;
    private int number;

    EpollRegistration(int descriptor, EventLoop loop) {
        super(loop);
        this.descriptor = descriptor;
    }

    @Override
    protected void request(Multiplexer multiplexer, int interest) throws SocketErrorException {
        if (interest == 0) {
            return; // the event has disarmed it
        }
        if (multiplexer != epoll) {
            number = UNREGISTERED;
            epoll = multiplexer;
        }
        number = ((EpollMultiplexer) multiplexer).request(this, descriptor, number, interest);
    }

    @Override
    protected void release(Multiplexer multiplexer) {
        if (number != UNREGISTERED) {
            ((EpollMultiplexer) multiplexer).release(descriptor);
            number = UNREGISTERED;
        }
    }
}
