// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Netty's datagram channel, which reads on its event loop, and is timed there: {@code recvmmsg}, or UDP_GRO. */
final class NettyReceive implements Receiver {
    private static final int LOT = 64;
    private static final int MAX_DATAGRAM = 2048;
    private static final int MAX_TRIP = 65_536;

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final Channel channel;
    private CompletableFuture<Long> taken;
    private int missing;

    NettyReceive(Load load, boolean coalescing) throws Exception {
        Bootstrap bootstrap = new Bootstrap()
                .group(group)
                .channel(EpollDatagramChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .handler(new Counter());
        if (coalescing) {
            bootstrap
                    .option(EpollChannelOption.UDP_GRO, true)
                    .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_TRIP));
        } else {
            bootstrap
                    .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, MAX_DATAGRAM)
                    .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(LOT * MAX_DATAGRAM));
        }
        channel = bootstrap
                .bind(new InetSocketAddress(load.receiverHost(), 0))
                .sync()
                .channel();
    }

    /** Runs on the event loop alone. */
    private final class Counter extends SimpleChannelInboundHandler<DatagramPacket> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            missing--;
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            if (missing > 0) {
                context.read();
            } else if (taken != null) {
                taken.complete(System.nanoTime());
            }
        }
    }

    @Override
    public InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    @Override
    public void connect(InetSocketAddress source) throws Exception {
        channel.connect(source).sync();
    }

    @Override
    public long take(int datagrams) throws Exception {
        CompletableFuture<Long> ended = new CompletableFuture<>();
        CompletableFuture<Long> begun = new CompletableFuture<>();
        channel.eventLoop().execute(() -> {
            missing += datagrams;
            taken = ended;
            begun.complete(System.nanoTime());
            channel.read();
        });
        return ended.get(1, TimeUnit.SECONDS) - begun.get();
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
