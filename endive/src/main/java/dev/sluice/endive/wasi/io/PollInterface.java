// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.io;

import dev.sluice.endive.abi.Call;
import dev.sluice.endive.abi.Functions;
import dev.sluice.endive.abi.Strings;
import dev.sluice.endive.abi.Trap;
import dev.sluice.udp.Pollable;
import java.util.ArrayList;
import java.util.List;

/** {@code wasi:io/poll} and {@code wasi:io/error}. */
public final class PollInterface {
    private PollInterface() {}

    public static void declare(Functions functions) {
        functions
                .in("wasi:io/poll")
                .drop("pollable", PollableResource.class)
                .plain("[method]pollable.ready", "handle -> i32", PollInterface::ready)
                .plain("[method]pollable.block", "handle", PollInterface::block)
                .plain("poll", "list return-pointer", PollInterface::poll);
        functions
                .in("wasi:io/error")
                .drop("error", ErrorResource.class)
                .plain("[method]error.to-debug-string", "handle return-pointer", PollInterface::toDebugString);
    }

    private static long ready(Call call) {
        return call.self(PollableResource.class).pollable().ready() ? 1 : 0;
    }

    private static long block(Call call) throws InterruptedException {
        call.self(PollableResource.class).pollable().block();
        return 0;
    }

    private static long poll(Call call) throws InterruptedException {
        int pointer = call.i32(0);
        int count = call.i32(1);
        int result = call.returnPointer(8, 4);
        call.memory().checkList(pointer, count, 4, 4);
        if (count == 0) {
            throw new Trap("an empty list of pollables would never be ready");
        }
        if (count > call.handles().limit()) {
            throw Trap.limit("a list of " + count + " pollables, but the guest's limit is "
                    + call.handles().limit() + " handles");
        }
        List<Pollable> pollables = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int handle = call.memory().getInt(pointer + 4 * i);
            pollables.add(call.handles().get(handle, PollableResource.class).pollable());
        }
        int[] ready = Pollable.poll(pollables);
        int list = call.memory().allocate(4, 4 * ready.length);
        for (int i = 0; i < ready.length; i++) {
            call.memory().putInt(list + 4 * i, ready[i]);
        }
        call.memory().putList(result, list, ready.length);
        return 0;
    }

    private static long toDebugString(Call call) {
        int result = call.returnPointer(8, 4);
        Strings.lower(call.memory(), call.self(ErrorResource.class).debugString(), result);
        return 0;
    }
}
