// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi;

import dev.sluice.endive.abi.Call;
import dev.sluice.endive.abi.GuestMemory;
import dev.sluice.endive.abi.Handles;
import dev.sluice.endive.abi.Trap;
import run.endive.runtime.Instance;

/** The instance that calls the host's functions, with its memory and handles. Used on the guest's thread. */
final class Guest {
    private final Handles handles;
    private volatile boolean ended;
    private Instance instance;
    private GuestMemory memory;

    Handles handles() {
        return handles;
    }

    Guest(int handles) {
        this.handles = new Handles(handles);
    }

    /** Begins a call of a host function. Traps if the caller may not make it now. */
    Call call(Instance caller, long[] arguments) {
        if (ended) {
            throw new Trap("the guest has ended");
        }
        if (instance == null) {
            instance = caller;
            memory = new GuestMemory(caller);
        } else if (instance != caller) {
            throw new Trap("a host serves one instance, and this call is from another one");
        }
        if (memory.isAllocating()) {
            throw new Trap("the guest's cabi_realloc called an import");
        }
        return new Call(memory, handles, arguments);
    }

    /** Makes every later call trap. From any thread. */
    void end() {
        ended = true;
    }
}
