package dev.sluice.cli;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** One provider's turn: a file's lines over loopback, from one socket to another, and what became of them. */
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
     * What became of the datagrams.
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
        try (UdpSocket from = Sockets.bound(provider, loopback);
                UdpSocket to = Sockets.bound(provider, loopback);
                InputStream toSend = file.open();
                InputStream toExpect = file.open()) {
            to.setReceiveBufferSize(RECEIVE_BUFFER);
            Window window = new Window(to.receiveBufferSize());
            DemoReceiver receiver = new DemoReceiver(to, from.localAddress(), new LineCutter(toExpect), window);
            Progress progress = new Progress(io, provider.name(), file.datagrams());
            SendTally tally = new SendTally((number, error) -> {});
            Sender sender = new Sender(
                    Route.toPeer(from.stream(to.localAddress()).outgoing()), new Watched(window, progress), tally);

            long start = System.nanoTime();
            receiver.start();
            try {
                sender.send(new LineCutter(toSend));
                window.awaitAll();
            } finally {
                receiver.end();
            }
            double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
            progress.end();
            return new Result(
                    tally.datagrams(),
                    tally.bytes(),
                    receiver.datagrams(),
                    receiver.bytes(),
                    receiver.isIdentical() && tally.isClean(),
                    seconds,
                    receiver.problem() == null ? tally.errors() : receiver.problem());
        }
    }

    /** A window that tells how far it is. */
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
