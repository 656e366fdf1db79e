// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * Netty's own channel, driven on its event loop, where it is fastest: the list is written, then flushed together. With
 * segments, the user's own code copies as many separate buffers as one packet holds.
 */
final class NettySend implements Contender {
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final Channel channel;
    private final ByteBuf[] payloads;
    private final Load load;
    private final Rounds rounds;

    NettySend(Load load, boolean segmented) throws Exception {
        this.load = load;
        channel = new Bootstrap()
                .group(group)
                .channel(EpollDatagramChannel.class)
                .handler(new ChannelInboundHandlerAdapter())
                .bind(new InetSocketAddress("0.0.0.0", 0))
                .sync()
                .channel();
        payloads = new ByteBuf[load.list()];
        for (int i = 0; i < payloads.length; i++) {
            payloads[i] = Unpooled.wrappedBuffer(new byte[load.size(i)]);
        }
        rounds = new Rounds(load.list()) {
            @Override
            void round() {
                if (segmented) {
                    writeSegments();
                } else {
                    writeEach();
                }
                channel.flush();
                if (channel.unsafe().outboundBuffer().totalPendingWriteBytes() > 0) {
                    throw new IllegalStateException("the kernel's buffer is full, and the loop can't wait for it");
                }
            }

            @Override
            public void close() {}
        };
    }

    private void writeEach() {
        for (int i = 0; i < payloads.length; i++) {
            channel.write(
                    new DatagramPacket(payloads[i].retainedDuplicate(), load.destination(i)), channel.voidPromise());
        }
    }

    private void writeSegments() {
        int size = load.size(0);
        int most = load.segments();
        for (int i = 0; i < payloads.length; ) {
            int n = Math.min(most, payloads.length - i);
            ByteBuf memory = channel.alloc().directBuffer(n * size);
            for (int k = 0; k < n; k++) {
                memory.writeBytes(payloads[i + k], 0, size);
            }
            channel.write(new SegmentedDatagramPacket(memory, size, load.destination(i)), channel.voidPromise());
            i += n;
        }
    }

    @Override
    public Slice run(long nanos) throws Exception {
        return channel.eventLoop().submit(() -> rounds.run(nanos)).get();
    }

    @Override
    public void close() {
        channel.close().syncUninterruptibly();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
