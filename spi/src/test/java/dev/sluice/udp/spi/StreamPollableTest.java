package dev.sluice.udp.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** The transport's report and those who wait, at the same time. */
class StreamPollableTest {

    /** A full buffer; while a report is being confirmed, another thread meets that and waits. */
    private static final class Crowded implements StreamPollable.Direction {
        private StreamPollable pollable;
        private boolean truth;
        private Runnable fired;
        private RuntimeException failure;
        private int arms;
        private int armsDuringConfirm;
        private int woken;

        @Override
        public boolean ready() {
            return false;
        }

        @Override
        public boolean isReadyWithoutKernel() {
            return false;
        }

        @Override
        public void arm(Runnable callback) {
            if (failure != null) {
                throw failure;
            }
            fired = callback;
            arms++;
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
        assertEquals(0, direction.armsDuringConfirm, "the report would be taken for one of the later turn");
        assertEquals(2, direction.woken);
    }

    /** Epoll's waiting thread needs three descriptors, and there may be none. */
    @Test
    void P3_whoCantWaitIsToldSoAndTheNextOneCan() {
        Crowded direction = new Crowded();
        direction.pollable = new StreamPollable(direction);
        direction.failure = new IllegalStateException("too many open files");
        assertSame(
                direction.failure,
                assertThrows(IllegalStateException.class, () -> direction.pollable.onReady(() -> direction.woken++)));
        direction.failure = null;
        direction.truth = true;
        direction.pollable.onReady(() -> direction.woken += 10);
        assertEquals(1, direction.arms);
        direction.fired.run();
        assertEquals(11, direction.woken, "who waits, and who comes during confirm; nobody else");
    }

    @Test
    void C2_whoComesWhileAReportIsFoundUntrueIsWaitedForToo() {
        Crowded direction = crowded(false);
        direction.fired.run();
        assertEquals(0, direction.armsDuringConfirm);
        assertEquals(2, direction.arms);
        direction.truth = true;
        direction.fired.run();
        assertEquals(3, direction.woken);
    }
}
