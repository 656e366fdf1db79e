// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.udp.DatagramBatch;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
    private static final long SECOND = 1_000_000_000L;

    private final ManualClock clock = new ManualClock();
    private final DatagramBatch batch = new DatagramBatch(100_000, 0);

    RateLimiterTest() {
        for (int i = 0; i < 100_000; i++) {
            batch.add(null, new byte[0], 0, 0);
        }
    }

    @Test
    void tenPerSecondLeaveOneByOne() throws InterruptedException {
        RateLimiter pace = new RateLimiter(10, clock);
        for (int i = 0; i < 50; i++) {
            assertEquals(1, pace.admit(batch, i));
            assertEquals(i * SECOND / 10, clock.now);
            pace.sent(batch, i, i + 1);
        }
    }

    @Test
    void highRatesLeaveTogetherWhatIsDue() throws InterruptedException {
        RateLimiter pace = new RateLimiter(1_000_000, clock);
        pace.sent(batch, 0, pace.admit(batch, 0));
        clock.now = SECOND / 1000;
        assertEquals(1000, pace.admit(batch, 0));
    }

    @Test
    void whatWasMissedForLongIsNotCaughtUp() throws InterruptedException {
        RateLimiter pace = new RateLimiter(1000, clock);
        clock.now = 60 * SECOND;
        assertEquals(11, pace.admit(batch, 0)); // a hundredth of a second, and the one that is due
    }

    @Test
    void whatWasNotSentIsStillDue() throws InterruptedException {
        RateLimiter pace = new RateLimiter(1, clock);
        assertEquals(1, pace.admit(batch, 0));
        assertEquals(1, pace.admit(batch, 0));
        assertEquals(0, clock.now);
    }

    @Test
    void overTimeTheRateIsExact() throws InterruptedException {
        RateLimiter pace = new RateLimiter(30_000, clock);
        int sent = 0;
        while (sent < 90_000) {
            int admitted = pace.admit(batch, sent);
            pace.sent(batch, sent, sent + admitted);
            sent += admitted;
            clock.now += 100_000; // what sending takes
        }
        assertEquals(3.0, (double) clock.now / SECOND, 0.01);
    }

    @Test
    void nothingIsDueBehindTheEnd() throws InterruptedException {
        RateLimiter pace = new RateLimiter(10, SECOND / 4, clock);
        int sent = 0;
        for (int count = pace.admit(batch, 0); count > 0; count = pace.admit(batch, sent)) {
            pace.sent(batch, sent, sent + count);
            sent += count;
        }
        assertEquals(3, sent); // at 0, 0.1 and 0.2 s
        assertEquals(SECOND / 5, clock.now);
    }

    private static final class ManualClock implements RateLimiter.Clock {
        long now;

        @Override
        public long getAsLong() {
            return now;
        }

        @Override
        public void sleep(long nanos) {
            now += nanos;
        }
    }
}
