// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Sends a file's lines over loopback through one provider, from one socket to another, and compares what arrives. */
final class DemoRun {
    /** What is asked for; the kernel gives less if its limit is lower. */
    private static final long RECEIVE_BUFFER = 4 << 20;

    private static final double NANOS_PER_SECOND = 1e9;

    private final Stdio io;
    private final DemoFile file;
    private final UdpSocketProvider provider;

    DemoRun(Stdio io, DemoFile file, UdpSocketProvider provider) {
        this.io = io;
        this.file = file;
        this.provider = provider;
    }

    /**
     * How many datagrams were sent and have arrived.
     *
     * @param errors what the sender and the receiver met: {@code none}, or what
     */
    record Result(
            long sent,
            long bytesSent,
            long arrived,
            long bytesArrived,
            boolean identical,
            double seconds,
            String errors) {}

    Result run() throws Failure, IOException, InterruptedException {
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
        try (UdpSocket from = provider.open(loopback);
                UdpSocket to = provider.open(loopback);
                InputStream toSend = file.open();
                InputStream toExpect = file.open()) {
            to.setReceiveBufferSize(RECEIVE_BUFFER);
            Window window = new Window(to.receiveBufferSize());
            DemoReceiver receiver = new DemoReceiver(to, from.localAddress(), new LineFramer(toExpect), window);
            Progress progress = new Progress(io, provider.name(), file.datagrams());
            SendStatistics statistics = new SendStatistics((number, error) -> {});
            Sender sender = new Sender(
                    Route.toPeer(from.stream(to.localAddress()).outgoing()), new Watched(window, progress), statistics);

            long start = System.nanoTime();
            receiver.start();
            try {
                sender.send(new LineFramer(toSend));
                window.awaitAll();
            } finally {
                receiver.end();
            }
            double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
            progress.end();
            return new Result(
                    statistics.datagrams(),
                    statistics.bytes(),
                    receiver.datagrams(),
                    receiver.bytes(),
                    receiver.isIdentical() && statistics.isClean(),
                    seconds,
                    receiver.problem() == null ? statistics.errors() : receiver.problem());
        }
    }

    /** A window that reports progress. */
    private record Watched(Window window, Progress progress) implements Throttle {
        @Override
        public int admit(DatagramBatch batch, int from) throws InterruptedException {
            return window.admit(batch, from);
        }

        @Override
        public void sent(DatagramBatch batch, int from, int to) {
            window.sent(batch, from, to);
            progress.advance(to - from);
        }
    }
}
