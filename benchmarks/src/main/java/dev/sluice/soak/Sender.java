// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.soak;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.SocketErrorException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Sends the datagrams of a flow in order, as lists and as batches, each until it is counted. */
final class Sender {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MOST_AT_ONCE = 200;
    private static final int INTERRUPTED_ONE_IN = 50;

    private final Lane lane;
    private final OutgoingDatagramStream out;
    private final InetSocketAddress to;
    private final Flow flow;
    private int sent;

    Sender(Lane lane, OutgoingDatagramStream out, InetSocketAddress to, Flow flow) {
        this.lane = lane;
        this.out = out;
        this.to = to;
        this.flow = flow;
    }

    /** How many were counted. */
    int sent() {
        return sent;
    }

    /** Sends until so many are counted. */
    void until(int count) throws SocketErrorException {
        while (sent < count) {
            once(count - sent);
        }
    }

    /** One permit, and one send of at most so many or one wait for the gate. */
    void once(int most) throws SocketErrorException {
        int permitted = out.checkSend();
        if (permitted == 0) {
            lane.await(PATIENCE, out.subscribe());
            return;
        }
        int count = Math.min(1 + lane.random.nextInt(MOST_AT_ONCE), Math.min(permitted, most));
        boolean interrupted = lane.random.nextInt(INTERRUPTED_ONE_IN) == 0;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        try {
            sent += lane.random.nextBoolean() ? out.send(list(count)) : sendBatch(count);
        } finally {
            boolean still = Thread.interrupted();
            SoakFailure.require(still == interrupted, "a send has changed the thread's interrupt status");
        }
    }

    private List<OutgoingDatagram> list(int count) {
        List<OutgoingDatagram> list = new ArrayList<>(count);
        for (int number = sent; number < sent + count; number++) {
            ByteBuffer payload = ByteBuffer.allocate(flow.length(number));
            flow.write(number, payload);
            list.add(new OutgoingDatagram(payload.flip(), to));
        }
        return list;
    }

    private int sendBatch(int count) throws SocketErrorException {
        DatagramBatch batch = lane.batch;
        batch.clear();
        for (int number = sent; number < sent + count && batch.size() < batch.maxDatagrams(); number++) {
            int length = flow.length(number);
            if (length > batch.remainingBytes()) {
                break;
            }
            flow.write(number, batch.tail());
            batch.commit(to, length);
        }
        return out.send(batch, 0, batch.size());
    }
}
