// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi;

import dev.sluice.endive.abi.Call;
import dev.sluice.endive.abi.Functions;
import dev.sluice.endive.abi.InterfaceFunctions;
import dev.sluice.endive.abi.InterfaceFunctions.ResultBody;
import dev.sluice.endive.abi.Strings;
import dev.sluice.endive.async.AsyncFunctions;
import dev.sluice.endive.async.Tasks;
import dev.sluice.endive.wasi.io.Timer;
import dev.sluice.udp.Pollable.Registration;
import java.util.concurrent.CompletableFuture;

/** {@code wasi:clocks} of 0.3. The time zone is always UTC, as in 0.2. */
final class ClockInterfaces03 {
    private ClockInterfaces03() {}

    static void declare(Functions functions, Tasks tasks) {
        InterfaceFunctions<RuntimeException> monotonic = functions.in("wasi:clocks/monotonic-clock");
        monotonic.plain("now", "-> i64", call -> ClockInterfaces.now()).plain("get-resolution", "-> i64", call -> 1);
        new AsyncFunctions<>(monotonic, tasks)
                .plain("wait-until", "i64", call -> after(ClockInterfaces.nanosUntil(call.i64(0))))
                .plain("wait-for", "i64", call -> after(call.i64(0)));
        functions
                .in("wasi:clocks/system-clock")
                .plain("now", "return-pointer", ClockInterfaces::wallNow)
                .plain("get-resolution", "-> i64", call -> 1000);
        functions
                .in("wasi:clocks/timezone")
                .plain("iana-id", "return-pointer", ClockInterfaces03::ianaId)
                .plain("utc-offset", "i64 i32 return-pointer", ClockInterfaces03::utcOffset)
                .plain("to-debug-string", "return-pointer", ClockInterfaces03::zoneName);
    }

    /** An unsigned number of nanoseconds. */
    private static CompletableFuture<ResultBody<RuntimeException>> after(long nanos) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        if (nanos == 0) { // what is over already is seen at once
            over.complete(null);
        }
        Registration registration = Timer.after(nanos).onReady(() -> over.complete(null));
        over.whenComplete((nothing, cancelled) -> {
            if (cancelled != null) {
                registration.cancel();
            }
        });
        return AsyncFunctions.result(over, nothing -> (call, at) -> {});
    }

    /** {@code option<string>}. */
    private static long ianaId(Call call) {
        int result = call.returnPointer(12, 4);
        call.memory().putByte(result, 1);
        Strings.lower(call.memory(), "Etc/UTC", result + 4);
        return 0;
    }

    /** {@code option<s64>}. */
    private static long utcOffset(Call call) {
        int result = call.returnPointer(16, 8);
        call.memory().putByte(result, 1);
        call.memory().putLong(result + 8, 0);
        return 0;
    }

    private static long zoneName(Call call) {
        Strings.lower(call.memory(), "UTC", call.returnPointer(8, 4));
        return 0;
    }
}
