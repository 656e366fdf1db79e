// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.nio;

import static dev.sluice.udp.spi.DatagramTransport.READABLE;
import static dev.sluice.udp.spi.DatagramTransport.WRITABLE;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.EventLoop;
import dev.sluice.udp.spi.EventRegistration;
import dev.sluice.udp.spi.Multiplexer;
import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.function.BooleanSupplier;

/** One channel's place in the waiting thread's selector. */
final class ChannelRegistration extends EventRegistration {
    private final DatagramChannel channel;

    /** Whether something is there for this socket, of a channel that is reported readable. */
    private final BooleanSupplier hasDatagram;

    ChannelRegistration(DatagramChannel channel, EventLoop loop, BooleanSupplier hasDatagram) {
        super(loop);
        this.channel = channel;
        this.hasDatagram = hasDatagram;
    }

    @Override
    protected void request(Multiplexer multiplexer, int interest) throws IOException {
        SelectorMultiplexer selector = (SelectorMultiplexer) multiplexer;
        try {
            selector.request(channel, this, operations(interest));
        } catch (CancelledKeyException | ClosedChannelException closing) {
            // the channel is being closed on another thread, after which no callback is to be called
        } catch (ClosedSelectorException stopped) {
            throw new SocketErrorException(ErrorCode.INVALID_STATE, "the provider was stopped");
        }
    }

    @Override
    protected int confirm(int ready) {
        return (ready & READABLE) != 0 && !hasDatagram.getAsBoolean() ? ready & ~READABLE : ready;
    }

    @Override
    protected void release(Multiplexer multiplexer) {
        ((SelectorMultiplexer) multiplexer).release();
    }

    /** The selector's bits for those of the SPI. */
    static int operations(int interest) {
        return ((interest & READABLE) != 0 ? SelectionKey.OP_READ : 0)
                | ((interest & WRITABLE) != 0 ? SelectionKey.OP_WRITE : 0);
    }

    /** The SPI's bits for those of the selector. */
    static int interest(int operations) {
        return ((operations & SelectionKey.OP_READ) != 0 ? READABLE : 0)
                | ((operations & SelectionKey.OP_WRITE) != 0 ? WRITABLE : 0);
    }
}
