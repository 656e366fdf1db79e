// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.epoll;

import dev.sluice.udp.spi.EventLoop;
import dev.sluice.udp.spi.Multiplexer;
import dev.sluice.udp.spi.Operation;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.io.IOException;

/**
 * Waits in epoll_wait, through Netty's public handler for it, whose thread is the SPI's event loop and not one of Netty's.
 * epoll_wait returns the sockets that are ready and no others, so a wake-up costs the same however many wait.
 */
final class EpollMultiplexer implements Multiplexer {
    private static final long NO_DEADLINE = -1;

    private final EventLoop.Context loop;
    private final IoHandler handler;
    private final Wait wait = new Wait();

    private EpollMultiplexer(EventLoop.Context loop) {
        this.loop = loop;
        this.handler = EpollIoHandler.newFactory().newHandler(new LoopExecutor());
    }

    /** Opens the descriptors: of epoll, of the event that wakes it, and of a timer. */
    static EpollMultiplexer open(EventLoop.Context loop) throws IOException {
        try {
            return new EpollMultiplexer(loop);
        } catch (RuntimeException e) { // Netty's ChannelException, or IllegalStateException, around the system's error
            throw NettyErrors.of(Operation.WAIT, e);
        }
    }

    /** On the loop's thread. */
    IoRegistration register(EpollIoHandle handle) throws Exception {
        return handler.register(handle);
    }

    void execute(Runnable task) {
        loop.execute(task);
    }

    @Override
    public void await(long nanos) {
        wait.set(nanos);
        handler.run(wait);
    }

    @Override
    public void wakeup() {
        handler.wakeup();
    }

    @Override
    public void close() {
        handler.prepareToDestroy();
        handler.destroy();
    }

    /** Netty's view of the loop. */
    private final class LoopExecutor implements ThreadAwareExecutor {
        @Override
        public boolean isExecutorThread(Thread thread) {
            return thread == Thread.currentThread() && loop.isLoopThread();
        }

        @Override
        public void execute(Runnable task) {
            loop.execute(task);
        }
    }

    /**
     * How long to wait. Netty asks {@link #canBlock} once more when it has noted the deadline: a wake-up that came before
     * that is not seen by epoll (EpollIoHandler.run sets nextWakeupNanos over it), but what it was for is seen here.
     */
    private final class Wait implements IoHandlerContext {
        private boolean blocking;
        private long deadline;

        void set(long nanos) {
            blocking = nanos > 0;
            deadline = nanos == Long.MAX_VALUE ? NO_DEADLINE : System.nanoTime() + nanos;
        }

        @Override
        public boolean canBlock() {
            return blocking && !loop.hasWork();
        }

        @Override
        public long delayNanos(long now) {
            return deadline == NO_DEADLINE ? Long.MAX_VALUE : Math.max(0, deadline - now);
        }

        @Override
        public long deadlineNanos() {
            return deadline;
        }
    }
}
