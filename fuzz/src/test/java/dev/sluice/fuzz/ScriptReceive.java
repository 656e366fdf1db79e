// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IncomingDatagram;
import dev.sluice.udp.IncomingDatagramStream;
import dev.sluice.udp.SocketStatistics;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** One receive, into a list or into a batch, and what the model makes of it. */
final class ScriptReceive {
    private static final int BATCH_BYTES = 256 * 1024;

    private final ScriptSocket receiver;
    private final ModelSocket model;
    private final int pair;

    ScriptReceive(ScriptSocket receiver, int pair) {
        this.receiver = receiver;
        this.model = receiver.model;
        this.pair = pair;
    }

    void make(int most) throws Exception {
        boolean asBatch = receiver.script.choices.yes();
        receiver.awaitWhatMustCome(pair);
        Outcome outcome = receiver.step((asBatch ? "receiveBatch@" : "receive@") + pair + "(" + most + ")", () -> {
            IncomingDatagramStream in = receiver.pairs.get(pair).incoming();
            return asBatch ? intoBatch(in, most) : intoList(in, most);
        });
        if (!model.isLive(pair)) {
            assertEquals(ErrorCode.INVALID_STATE, outcome.error());
            return;
        }
        if (outcome.error() == ErrorCode.CONNECTION_REFUSED) {
            assertTrue(model.mostErrors > 0, "an error that nothing has caused");
            model.errorTold();
            return;
        }
        assertTrue(outcome.succeeded());
        judge((List<?>) outcome.value(), most);
    }

    private static List<ModelSocket.Arrived> intoList(IncomingDatagramStream in, int most) throws Exception {
        List<ModelSocket.Arrived> all = new ArrayList<>();
        for (IncomingDatagram datagram : in.receive(most)) {
            all.add(arrived(datagram.remoteAddress(), datagram.data()));
        }
        return all;
    }

    private static List<ModelSocket.Arrived> intoBatch(IncomingDatagramStream in, int most) throws Exception {
        DatagramBatch batch = new DatagramBatch(Math.max(1, most), BATCH_BYTES);
        int count = in.receive(batch, most);
        List<ModelSocket.Arrived> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(arrived(batch.remoteAddress(i), ByteBuffer.wrap(batch.bytes(i))));
        }
        return all;
    }

    private static ModelSocket.Arrived arrived(InetSocketAddress source, ByteBuffer data) {
        int length = data.remaining();
        return new ModelSocket.Arrived(source, length >= 4 ? data.getInt(data.position()) : -1, length);
    }

    /** What was delivered is what the model lets through of as many as were taken, in order. */
    private void judge(List<?> delivered, int most) {
        assertTrue(delivered.size() <= most);
        SocketStatistics statistics = receiver.socket.statistics();
        long dropped = dropped(statistics);
        long taken = delivered.size() + dropped - model.dropped;
        model.dropped = dropped;
        boolean hadSome = !model.queue.isEmpty();
        List<ModelSocket.Arrived> expected = new ArrayList<>();
        for (long i = 0; i < taken; i++) {
            assertTrue(!model.queue.isEmpty(), "more was taken than has arrived");
            ModelSocket.Arrived next = model.queue.remove();
            if (model.admits(next.source())) {
                expected.add(next);
            }
        }
        assertEquals(expected, delivered);
        model.received += delivered.size();
        if (most > 0 && taken == 0) {
            assertTrue(!hadSome, "nothing was received, though something has arrived");
            assertEquals(0, model.leastErrors, "an error was not told, though nothing was received");
        }
    }

    private static long dropped(SocketStatistics statistics) {
        return statistics.droppedByNetwork() + statistics.droppedByPeerFilter();
    }
}
