// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi;

import dev.sluice.endive.abi.Call;
import dev.sluice.endive.abi.Functions;
import dev.sluice.endive.abi.Trap;
import java.security.SecureRandom;

/** {@code wasi:random}: all three interfaces, from one secure source. */
final class RandomInterfaces {
    private static final int CHUNK = 8192;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** {@code insecure-seed} is meant to be called once, and returns the same when it is called again. */
    private final long[] seed = {RANDOM.nextLong(), RANDOM.nextLong()};

    void declare(Functions functions) {
        declare(functions, "insecure-seed");
    }

    void declare03(Functions functions) {
        declare(functions, "get-insecure-seed");
    }

    private void declare(Functions functions, String seedName) {
        functions
                .in("wasi:random/random")
                .plain("get-random-bytes", "i64 return-pointer", RandomInterfaces::bytes)
                .plain("get-random-u64", "-> i64", call -> RANDOM.nextLong());
        functions
                .in("wasi:random/insecure")
                .plain("get-insecure-random-bytes", "i64 return-pointer", RandomInterfaces::bytes)
                .plain("get-insecure-random-u64", "-> i64", call -> RANDOM.nextLong());
        functions.in("wasi:random/insecure-seed").plain(seedName, "return-pointer", this::seed);
    }

    private static long bytes(Call call) {
        int result = call.returnPointer(8, 4);
        long wanted = call.i64(0);
        if (wanted < 0 || wanted > Integer.MAX_VALUE) {
            throw new Trap(Long.toUnsignedString(wanted) + " random bytes don't fit in the guest's memory");
        }
        int length = (int) wanted;
        int pointer = call.memory().allocate(1, length);
        byte[] chunk = new byte[Math.min(CHUNK, length)];
        for (int done = 0; done < length; done += CHUNK) {
            RANDOM.nextBytes(chunk);
            call.memory().putBytes(pointer + done, chunk, 0, Math.min(CHUNK, length - done));
        }
        call.memory().putList(result, pointer, length);
        return 0;
    }

    /** {@code tuple<u64, u64>}. */
    private long seed(Call call) {
        int result = call.returnPointer(16, 8);
        call.memory().putLong(result, seed[0]);
        call.memory().putLong(result + 8, seed[1]);
        return 0;
    }
}
