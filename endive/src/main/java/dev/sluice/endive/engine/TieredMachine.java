// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.engine;

import java.util.function.Function;
import run.endive.runtime.CallResult;
import run.endive.runtime.Instance;
import run.endive.runtime.Machine;
import run.endive.runtime.internal.CompilerInterpreterMachine;

/**
 * Interprets a guest, and calls compiled code from the first call on after the module has been compiled. A function that
 * is running then is interpreted until it returns.
 *
 * <p>The base class passes each call of a function to the instance's machine, which is this one.
 */
final class TieredMachine extends CompilerInterpreterMachine {
    private final Compilation compilation;
    private Machine compiled;

    TieredMachine(Instance instance, Compilation compilation) {
        super(instance, new int[0]);
        this.compilation = compilation;
    }

    private Machine compiled() {
        if (compiled == null) {
            Function<Instance, Machine> machines = compilation.machines();
            if (machines != null) {
                compiled = machines.apply(instance());
            }
        }
        return compiled;
    }

    @Override
    public long[] call(int function, long[] arguments) {
        Machine machine = compiled();
        return machine == null ? super.call(function, arguments) : machine.call(function, arguments);
    }

    @Override
    public long[] call(int function, long[] arguments, Object[] references) {
        Machine machine = compiled();
        return machine == null
                ? call(stack(), instance(), callStack, function, arguments, references, null, true)
                : machine.call(function, arguments, references);
    }

    @Override
    public CallResult callWithRefs(int function, long[] arguments, Object[] references) {
        Machine machine = compiled();
        return machine == null
                ? super.callWithRefs(function, arguments, references)
                : machine.callWithRefs(function, arguments, references);
    }
}
