// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi;

import dev.sluice.endive.abi.Call;
import dev.sluice.endive.abi.Functions;
import dev.sluice.endive.abi.Strings;
import dev.sluice.endive.wasi.io.PollableResource;
import dev.sluice.endive.wasi.io.Timer;
import java.time.Instant;

/**
 * {@code wasi:clocks/monotonic-clock}, {@code wall-clock}, and {@code timezone}. The time zone is always UTC, so that a
 * guest does not learn the host's.
 */
final class ClockInterfaces {
    /** The zero of the monotonic clock. */
    private static final long START = System.nanoTime();

    private ClockInterfaces() {}

    static void declare(Functions functions) {
        functions
                .in("wasi:clocks/monotonic-clock")
                .plain("now", "-> i64", call -> now())
                .plain("resolution", "-> i64", call -> 1)
                .plain("subscribe-instant", "i64 -> handle", ClockInterfaces::subscribeInstant)
                .plain("subscribe-duration", "i64 -> handle", call -> timer(call, call.i64(0)));
        functions
                .in("wasi:clocks/wall-clock")
                .plain("now", "return-pointer", ClockInterfaces::wallNow)
                .plain("resolution", "return-pointer", call -> putDatetime(call, 0, 1000));
        functions
                .in("wasi:clocks/timezone")
                .plain("utc-offset", "i64 i32 -> i32", call -> 0)
                .plain("display", "i64 i32 return-pointer", ClockInterfaces::displayUtc);
    }

    static long now() {
        return System.nanoTime() - START;
    }

    private static long subscribeInstant(Call call) {
        return timer(call, nanosUntil(call.i64(0)));
    }

    /** How long it is until an instant, unsigned; 0 if it is over. */
    static long nanosUntil(long instant) {
        long now = now();
        return Long.compareUnsigned(instant, now) <= 0 ? 0 : instant - now;
    }

    private static long timer(Call call, long nanos) {
        return call.add(new PollableResource(Timer.after(nanos)));
    }

    static long wallNow(Call call) {
        Instant now = Instant.now();
        return putDatetime(call, now.getEpochSecond(), now.getNano());
    }

    /** {@code datetime} has 16 bytes aligned to 8: seconds at 0, nanoseconds at 8. */
    private static long putDatetime(Call call, long seconds, int nanoseconds) {
        int result = call.returnPointer(16, 8);
        call.memory().putLong(result, seconds);
        call.memory().putInt(result + 8, nanoseconds);
        return 0;
    }

    /** {@code timezone-display} has 16 bytes aligned to 4: offset at 0, name at 4, in-daylight-saving-time at 12. */
    private static long displayUtc(Call call) {
        int result = call.returnPointer(16, 4);
        Strings.lower(call.memory(), "UTC", result + 4);
        call.memory().putInt(result, 0);
        call.memory().putByte(result + 12, 0);
        return 0;
    }
}
