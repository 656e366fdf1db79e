// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.Poller;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** One run of {@code sluice receive}: what arrives on some sockets is printed, and sent back if that is wanted. */
final class ReceiveRun {
    private static final int MOST_AT_ONCE = 64;

    private final List<UdpSocket> sockets;
    private final DatagramPrinter printer;
    private final boolean echo;
    private final DatagramBatch batch =
            new DatagramBatch(MOST_AT_ONCE, MOST_AT_ONCE * IpAddressFamily.IPV6.maxDatagramSize());

    private final Totals totals = new Totals();
    private long sentBack;

    /**
     * A run.
     *
     * @param echo whether each datagram is sent back to where it came from
     */
    ReceiveRun(List<UdpSocket> sockets, DatagramPrinter printer, boolean echo) {
        this.sockets = sockets;
        this.printer = printer;
        this.echo = echo;
    }

    /**
     * Receives until enough have arrived, the time is over, the reader of the output has gone, or the sockets are closed.
     *
     * @param most how many
     * @param nanos how long
     * @return false if the time was over before enough had arrived
     */
    boolean run(long most, long nanos) throws IOException, InterruptedException {
        long start = System.nanoTime();
        try (Poller<DatagramStreams> poller = new Poller<>()) {
            for (UdpSocket socket : sockets) {
                DatagramStreams streams = socket.stream();
                poller.add(streams.incoming().subscribe(), streams);
            }
            while (datagrams() < most) {
                long left = nanos - (System.nanoTime() - start);
                if (left <= 0) {
                    return false;
                }
                for (Poller.Entry<DatagramStreams> ready : poller.await(Duration.ofNanos(left))) {
                    if (!take(ready.attachment(), most)) {
                        return true; // the reader's right
                    }
                }
            }
        } catch (SocketErrorException e) {
            if (e.errorCode() != ErrorCode.INVALID_STATE) {
                throw e;
            } // a signal closed the sockets
        }
        return true;
    }

    /** Returns false if the output is read no more. */
    private boolean take(DatagramStreams streams, long most) throws IOException, InterruptedException {
        batch.clear();
        streams.incoming().receive(batch, (int) Math.min(MOST_AT_ONCE, most - datagrams()));
        if (!printer.print(batch)) {
            return false;
        }
        totals.add(batch, 0, batch.size());
        if (echo) {
            sendBack(streams);
        }
        return true;
    }

    /** What can't be sent back, because its source may not be sent to, say, is left out. */
    private void sendBack(DatagramStreams streams) throws SocketErrorException, InterruptedException {
        for (int next = 0; next < batch.size(); ) {
            int permitted = streams.outgoing().checkSend();
            if (permitted == 0) {
                streams.outgoing().subscribe().block();
                continue;
            }
            try {
                int sent = streams.outgoing().send(batch, next, Math.min(batch.size(), next + permitted));
                next += sent;
                sentBack += sent;
            } catch (SocketErrorException e) {
                if (e.errorCode() == ErrorCode.INVALID_STATE) {
                    throw e;
                }
                next++;
            }
        }
    }

    long datagrams() {
        return totals.datagrams();
    }

    String summary() {
        return "received " + totals + (echo ? "; sent back " + sentBack : "") + Totals.dropped(sockets);
    }
}
