// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.async;

import dev.sluice.endive.abi.Call;
import dev.sluice.endive.abi.Trap;
import run.endive.wasm.types.FunctionType;

/** One call of an export: what the guest keeps in it, and whether it has returned its result. */
public final class Task {
    /** Takes the result from the flat arguments of {@code task.return}. */
    @FunctionalInterface
    public interface Result {
        void take(Call call);
    }

    private final String export;
    private final FunctionType returnType;
    private final Result result;
    private final boolean mayBlock;
    private boolean returned;

    /** {@code context.get} and {@code context.set}. */
    final long[] context = new long[2];

    private Task(String export, FunctionType returnType, Result result, boolean mayBlock) {
        this.export = export;
        this.returnType = returnType;
        this.result = result;
        this.mayBlock = mayBlock;
    }

    /** A call of a function that is not asynchronous in WIT: it may not wait for asynchronous ones. */
    public static Task synchronous() {
        return new Task(null, null, null, false);
    }

    /** A call of an asynchronous function by a synchronous core function, which blocks its thread. */
    public static Task blocking() {
        return new Task(null, null, null, true);
    }

    /**
     * A call of an asynchronous function, whose result comes by {@code task.return}.
     *
     * @param export the function's name, with that of its interface: {@code wasi:cli/run@0.3.0#run}
     * @param returnType the core type of its {@code task.return}
     * @param result takes the result
     */
    public static Task asynchronous(String export, FunctionType returnType, Result result) {
        return new Task(export, returnType, result, true);
    }

    void ensureMayBlock() {
        if (!mayBlock) {
            throw new Trap("a function that is not asynchronous waits for one that is");
        }
    }

    void giveBack(String function, FunctionType declared, Call call) {
        if (!function.equals(export)) {
            throw new Trap("this is no call of " + function);
        }
        if (!declared.equals(returnType)) {
            throw new Trap("declared as " + declared + ", but its type is " + returnType);
        }
        if (returned) {
            throw new Trap("the task has returned already");
        }
        result.take(call);
        returned = true;
    }

    void ensureReturned() {
        if (!returned) {
            throw new Trap("the task ended without task.return");
        }
    }
}
