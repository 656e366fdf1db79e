// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.IncomingDatagram;
import dev.sluice.udp.IpAddressFamily;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Receiving runs of datagrams of one size and source (R1, R3). A provider may take a whole run in one system call
 * (UDP_GRO) and cut it; a caller must not notice. What it keeps of it is {@link RestOfRunTck}'s.
 */
@EnumSource(IpAddressFamily.class)
public abstract class RunsTck extends RunSources {

    /** For subclasses. */
    protected RunsTck() {}

    /** Receives {@code count} datagrams, alternately in lists and in batches of up to {@code max}. */
    private List<String> receiveBy(int max, int count) throws Exception {
        DatagramBatch batch = new DatagramBatch(max + 1, 2 * family.maxDatagramSize());
        List<String> all = new ArrayList<>();
        for (int calls = 0; all.size() < count; calls++) {
            await(streams.incoming().subscribe());
            List<String> some;
            if (calls % 2 == 0) {
                some = texts(streams.incoming().receive(max));
            } else {
                batch.clear();
                assertEquals(streams.incoming().receive(batch, max), batch.size());
                some = texts(batch);
            }
            assertTrue(some.size() <= max, () -> some.size() + " instead of " + max);
            all.addAll(some);
        }
        assertEquals(List.of(), streams.incoming().receive(max));
        return all;
    }

    private static List<String> texts(DatagramBatch batch) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            texts.add(new String(batch.bytes(i), StandardCharsets.ISO_8859_1));
        }
        return texts;
    }

    @Test
    final void R1_aRunIsReceivedInPortions() throws Exception {
        for (Source source : sources()) {
            for (int max : new int[] {1, 7, 64, 100}) {
                source.send(run(64));
                assertEquals(run(64), receiveBy(max, 64));
            }
        }
    }

    @Test
    final void R1_aRunIsReceivedInPortionsIntoABatchToo() throws Exception {
        DatagramBatch batch = new DatagramBatch(64, family.maxDatagramSize() + 64 * SIZE);
        for (Source source : sources()) {
            source.send(run(64));
            batch.clear();
            while (batch.size() < 64) {
                await(streams.incoming().subscribe());
                int received = streams.incoming().receive(batch, Math.min(7, 64 - batch.size()));
                assertTrue(received <= 7, () -> received + " instead of 7");
            }
        }
    }

    @Test
    final void R3_theLastOfARunMayBeShorter() throws Exception {
        for (Source source : sources()) {
            for (String tail : List.of("y", "y".repeat(SIZE - 1), "")) {
                source.send(runWithTail(10, tail));
                assertEquals(runWithTail(10, tail), receiveBy(4, 11));
                source.send(runWithTail(1, tail));
                assertEquals(runWithTail(1, tail), receiveBy(4, 2));
            }
        }
    }

    @Test
    final void R3_runsKeepTheirBoundaries() throws Exception {
        for (Source source : sources()) {
            List<String> texts = new ArrayList<>(run(3)); // two runs of one size, and nothing behind the last byte
            texts.addAll(run(3));
            texts.add("");
            texts.add("");
            texts.addAll(runWithTail(4, "shorter"));
            texts.addAll(Collections.nCopies(3, "l".repeat(SIZE + 1)));
            source.send(texts);
            assertEquals(texts, receiveBy(5, texts.size()));
        }
    }

    @Test
    final void R3_eachOfARunHasItsOwnSource() throws Exception {
        List<Source> sources = sources();
        List<InetSocketAddress> expected = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            for (Source source : sources) {
                source.send(run(5));
                expected.addAll(Collections.nCopies(5, source.address()));
            }
        }
        List<InetSocketAddress> received = new ArrayList<>();
        while (received.size() < expected.size()) {
            await(streams.incoming().subscribe());
            for (IncomingDatagram datagram : streams.incoming().receive(2)) {
                received.add(datagram.remoteAddress());
            }
        }
        assertEquals(expected, received);
    }

    @Test
    final void R1_whatABatchHasNoRoomForIsReceivedNext() throws Exception {
        for (Source source : sources()) {
            DatagramBatch fewEntries = new DatagramBatch(3, 2 * family.maxDatagramSize());
            DatagramBatch fewBytes = new DatagramBatch(100, family.maxDatagramSize() + 2 * SIZE);
            for (DatagramBatch batch : List.of(fewEntries, fewBytes)) {
                source.send(run(20));
                List<String> received = new ArrayList<>();
                while (received.size() < 20) {
                    await(streams.incoming().subscribe());
                    batch.clear();
                    assertTrue(streams.incoming().receive(batch, 100) <= 3);
                    received.addAll(texts(batch));
                    for (int i = 0; i < batch.size(); i++) {
                        assertEquals(source.address(), batch.remoteAddress(i));
                    }
                }
                assertEquals(run(20), received);
            }
        }
    }

    @Test
    final void R1_whatIsLeftOfARunComesBeforeWhatArrivesLater() throws Exception {
        for (Source source : sources()) {
            source.send(run(5));
            List<String> received = new ArrayList<>(texts(receive(streams.incoming(), 2)));
            source.send(List.of("later", "later"));
            received.addAll(receiveBy(2, 5));
            List<String> expected = runWithTail(5, "later");
            expected.add("later");
            assertEquals(expected, received);
        }
    }
}
