// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.async;

import dev.sluice.endive.abi.AbiFunction;
import dev.sluice.endive.abi.Call;
import dev.sluice.endive.abi.InterfaceFunctions;
import dev.sluice.endive.abi.Resource;
import dev.sluice.endive.abi.Trap;
import java.util.HashMap;
import java.util.Map;
import run.endive.wasm.types.FunctionType;

/**
 * The canonical built-in functions for tasks, subtasks and waitable sets, which guests import from {@code $root} by the
 * names that {@code wit-component} gives them.
 */
public final class Builtins {
    private static final String TASK_RETURN = "[task-return]";
    private static final String EXPORT = "[export]";

    private final Tasks tasks;
    private final Map<String, AbiFunction> byName = new HashMap<>();

    public Builtins(Tasks tasks) {
        this.tasks = tasks;
        new InterfaceFunctions<RuntimeException>(byName::put, null)
                .plain("[waitable-set-new]", "-> handle", call -> call.add(new WaitableSet()))
                .plain("[waitable-set-wait]", "handle i32 -> i32", this::await)
                .plain("[cancellable][waitable-set-wait]", "handle i32 -> i32", this::await)
                .plain("[waitable-set-poll]", "handle i32 -> i32", this::poll)
                .plain("[cancellable][waitable-set-poll]", "handle i32 -> i32", this::poll)
                .plain("[waitable-set-drop]", "handle", call -> drop(call, WaitableSet.class))
                .plain("[waitable-join]", "handle i32", Builtins::join)
                .plain("[subtask-cancel]", "handle -> i32", this::cancel)
                .plain("[async-lower][subtask-cancel]", "handle -> i32", this::beginToCancel)
                .plain("[subtask-drop]", "handle", call -> drop(call, Subtask.class))
                .plain("[thread-yield]", "-> i32", this::yield)
                .plain("[cancellable][thread-yield]", "-> i32", this::yield)
                .plain("[backpressure-inc]", "", call -> 0)
                .plain("[backpressure-dec]", "", call -> 0)
                .plain("[task-cancel]", "", Builtins::cancelTask)
                .plain("[context-get-0]", "-> i32", call -> tasks.current().context[0])
                .plain("[context-get-1]", "-> i32", call -> tasks.current().context[1])
                .plain("[context-set-0]", "i32", call -> tasks.current().context[0] = call.i32(0))
                .plain("[context-set-1]", "i32", call -> tasks.current().context[1] = call.i32(0));
    }

    /** The built-in function of that name; null if there is none. */
    public AbiFunction find(String module, String name) {
        return module.equals("$root") || module.equals(EXPORT + "$root") ? byName.get(name) : null;
    }

    /** What {@code [task-return]} in the module of an export returns a result of; null if that isn't the import's name. */
    public static String returnedExport(String module, String name) {
        if (!module.startsWith(EXPORT) || !name.startsWith(TASK_RETURN)) {
            return null;
        }
        String world = module.substring(EXPORT.length());
        String function = name.substring(TASK_RETURN.length());
        return world.equals("$root") ? function : world + "#" + function;
    }

    /** {@code task.return} of an export, of the type that the guest declares. */
    public void giveBack(String export, FunctionType declared, Call call) {
        tasks.current().giveBack(export, declared, call);
    }

    private long await(Call call) throws InterruptedException {
        WaitableSet set = call.self(WaitableSet.class);
        call.memory().check(call.i32(1), 8, 4);
        tasks.current().ensureMayBlock();
        return put(set.await(tasks.loop), call);
    }

    private long poll(Call call) {
        WaitableSet set = call.self(WaitableSet.class);
        call.memory().check(call.i32(1), 8, 4);
        return put(set.poll(tasks.loop), call);
    }

    private static long put(Event event, Call call) {
        call.memory().putInt(call.i32(1), event.index());
        call.memory().putInt(call.i32(1) + 4, event.payload());
        return event.code();
    }

    private static long drop(Call call, Class<? extends Resource> type) {
        call.handles().drop(call.i32(0), type);
        return 0;
    }

    private static long join(Call call) {
        int set = call.i32(1);
        call.self(Waitable.class).join(set == 0 ? null : call.resource(1, WaitableSet.class));
        return 0;
    }

    private long cancel(Call call) throws InterruptedException {
        Subtask subtask = call.self(Subtask.class);
        if (subtask.isInSet()) {
            throw new Trap("a subtask is cancelled, and waited for, while it is in a waitable-set");
        }
        subtask.cancel();
        while (!subtask.hasEvent()) {
            tasks.loop.runNext();
        }
        return subtask.take().payload();
    }

    private long beginToCancel(Call call) {
        Subtask subtask = call.self(Subtask.class);
        subtask.cancel();
        tasks.loop.runPending(); // most calls can be given up at once
        return subtask.hasEvent() ? subtask.take().payload() : StreamBuiltins.BLOCKED;
    }

    private long yield(Call call) {
        tasks.loop.runPending();
        return 0;
    }

    private static long cancelTask(Call call) {
        throw new Trap("task.cancel, but the task was not asked to end");
    }
}
