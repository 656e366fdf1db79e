// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

/** The transport's report and those that wait, at the same time. */
class StreamPollableTest {

    /** A full buffer; while a report is being confirmed, another thread meets that and waits. */
    private static final class Crowded implements StreamPollable.Direction {
        private StreamPollable pollable;
        private boolean truth;
        private Runnable fired;
        private IOException failure;
        private int arms;
        private int armsDuringConfirm;
        private int woken;

        @Override
        public boolean hasEnded() {
            return false;
        }

        @Override
        public boolean ready() {
            return false;
        }

        @Override
        public boolean isReadyWithoutKernel() {
            return false;
        }

        @Override
        public void arm(Runnable callback) throws IOException {
            if (failure != null) {
                throw failure;
            }
            fired = callback;
            arms++;
        }

        @Override
        public boolean await(long nanos) {
            return false;
        }

        @Override
        public void wakeup() {}

        @Override
        public String describe() {
            return "crowded";
        }

        @Override
        public boolean confirm() {
            int before = arms;
            pollable.onReady(() -> woken++);
            armsDuringConfirm += arms - before;
            return truth;
        }
    }

    private static Crowded crowded(boolean truth) {
        Crowded direction = new Crowded();
        direction.pollable = new StreamPollable(direction);
        direction.truth = truth;
        direction.pollable.onReady(() -> direction.woken++);
        return direction;
    }

    @Test
    void C2_anOldReportIsConfirmedBeforeTheTransportIsArmedAnew() {
        Crowded direction = crowded(true);
        direction.fired.run();
        assertEquals(0, direction.armsDuringConfirm, "the report would be taken for one of the later epoch");
        assertEquals(2, direction.woken);
    }

    /** Epoll's waiting thread needs three descriptors, and there may be none. */
    @Test
    void P5_aFailedWaitIsReportedAndTheNextOneWorks() {
        Crowded direction = new Crowded();
        direction.pollable = new StreamPollable(direction);
        direction.failure = SocketErrors.of(Operation.WAIT, Errno.EMFILE, null);
        assertSame(
                direction.failure,
                assertThrows(UncheckedIOException.class, () -> direction.pollable.onReady(() -> direction.woken++))
                        .getCause());
        direction.failure = null;
        direction.truth = true;
        direction.pollable.onReady(() -> direction.woken += 10);
        assertEquals(1, direction.arms);
        direction.fired.run();
        assertEquals(11, direction.woken, "those that waited, and the one that came during confirm");
    }

    @Test
    void C2_aWaiterThatComesWhileAReportIsFoundUntrueIsWaitedForToo() {
        Crowded direction = crowded(false);
        direction.fired.run();
        assertEquals(0, direction.armsDuringConfirm);
        assertEquals(2, direction.arms);
        direction.truth = true;
        direction.fired.run();
        assertEquals(3, direction.woken);
    }
}
