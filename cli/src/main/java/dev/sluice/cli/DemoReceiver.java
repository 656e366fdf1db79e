// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IncomingDatagramStream;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** Takes what arrives, on a thread of its own, and compares it with what should, until its socket is closed. */
final class DemoReceiver implements Runnable {
    private static final int MOST_AT_ONCE = 64;

    private final DatagramBatch batch =
            new DatagramBatch(MOST_AT_ONCE, MOST_AT_ONCE * IpAddressFamily.IPV4.maxDatagramSize());
    private final ByteBuffer payload = batch.memory().duplicate();
    private final Thread thread = new Thread(this, "receiver");
    private final UdpSocket socket;
    private final IncomingDatagramStream in;
    private final Framer expected;
    private final Window window;

    // Written by its thread, read after that has ended.
    private long datagrams;
    private long bytes;
    private boolean isIdentical = true;
    private String problem;

    /** Takes what arrives from one peer, so that datagrams of others can't disturb the comparison. */
    DemoReceiver(UdpSocket socket, InetSocketAddress peer, Framer expected, Window window) throws SocketErrorException {
        this.socket = socket;
        this.in = socket.stream(peer).incoming();
        this.expected = expected;
        this.window = window;
    }

    void start() {
        thread.start();
    }

    /** Closes the socket, and returns when the thread has ended. */
    void end() throws InterruptedException {
        socket.close();
        thread.join();
    }

    @Override
    public void run() {
        try {
            while (true) {
                batch.clear();
                if (in.receive(batch, MOST_AT_ONCE) == 0) {
                    in.subscribe().block();
                }
                compare();
                window.arrived(batch);
            }
        } catch (SocketErrorException e) {
            if (e.errorCode() != ErrorCode.INVALID_STATE) { // that one is the end
                problem = e.errorCode().witName() + ": " + e.getMessage();
            }
        } catch (IOException | InterruptedException e) {
            problem = e.toString();
        }
    }

    private void compare() throws IOException {
        for (int i = 0; i < batch.size(); i++) {
            payload.limit(batch.offset(i) + batch.length(i)).position(batch.offset(i));
            isIdentical &= payload.equals(expected.take());
            datagrams++;
            bytes += batch.length(i);
        }
    }

    long datagrams() {
        return datagrams;
    }

    long bytes() {
        return bytes;
    }

    /** Whether every line has arrived, in order and byte for byte, and nothing else. */
    boolean isIdentical() throws IOException {
        return isIdentical && problem == null && expected.take() == null;
    }

    /** What kept it from receiving, or null. */
    String problem() {
        return problem;
    }
}
