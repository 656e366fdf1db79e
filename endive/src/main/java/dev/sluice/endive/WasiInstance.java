// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive;

import dev.sluice.endive.abi.GuestMemory;
import dev.sluice.endive.async.Task;
import dev.sluice.endive.engine.Entry;
import dev.sluice.endive.wit.WitFunction;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import run.endive.runtime.ExportFunction;
import run.endive.runtime.Instance;

/**
 * An instance of a {@link WasiLibrary}. It is used by one thread at a time, and runs on the calling thread. When a call
 * traps or is stopped, the instance ends, and all that it had opened is closed.
 */
public final class WasiInstance implements AutoCloseable {
    private final GuestCode code;
    private final WasiHost host;
    private final Instance instance;
    private final Map<String, WitFunction> types = new ConcurrentHashMap<>();

    private WasiInstance(GuestCode code, WasiHost host, Instance instance) {
        this.code = code;
        this.host = host;
        this.instance = instance;
    }

    static WasiInstance of(GuestCode code, WasiHost host, boolean initialised) {
        return closingOnFailure(
                host,
                () -> code.run(host.limits(), () -> {
                    Instance instance = code.instantiate(host);
                    if (initialised) {
                        Entry.initialise(instance);
                    }
                    return new WasiInstance(code, host, instance);
                }));
    }

    /**
     * A function that the instance exports.
     *
     * @param name {@code example:plugins/filter@1.0.0#accept} for a function of an interface, {@code accept} for one of the
     *     world
     * @param type its type in WIT, {@code func(name: type, …) -> type}, or {@code async func} likewise, of the types that {@link
     *     WasiHost.Builder#function} names
     * @return the function
     * @throws IllegalArgumentException if there is no such function, or it has another type, or the type can't be read
     */
    public WasiFunction function(String name, String type) {
        WitFunction parsed = types.computeIfAbsent(type, WitFunction::parse);
        if (parsed.isAsync()) {
            ExportFunction callback = Entry.callback(code.module(), instance, name);
            if (callback != null) {
                return asynchronous(name, parsed, callback);
            }
        }
        Supplier<Task> task = parsed.isAsync() ? Task::blocking : Task::synchronous;
        ExportFunction export = Entry.export(code.module(), instance, name, parsed.exported());
        ExportFunction postReturn = Entry.postReturn(code.module(), instance, name);
        return arguments -> closingOnFailure(
                host,
                () -> code.run(host.limits(), () -> {
                    host.tasks().begin(task.get());
                    return parsed.callExport(
                            host.memory(instance),
                            host.limits().heldBytes(),
                            export::apply,
                            postReturn::apply,
                            arguments);
                }));
    }

    /** A function that is lifted with a callback. The call ends when its task does, which may be after it has its result. */
    private WasiFunction asynchronous(String name, WitFunction type, ExportFunction callback) {
        ExportFunction export = Entry.lifted(code.module(), instance, name, type.lifted());
        return arguments -> closingOnFailure(
                host,
                () -> code.run(host.limits(), () -> {
                    Object[] result = {null};
                    GuestMemory memory = host.memory(instance);
                    host.tasks()
                            .begin(Task.asynchronous(
                                    name,
                                    type.returned(),
                                    call -> result[0] = type.returned(
                                            call.memory(), host.limits().heldBytes(), call.arguments())));
                    int first = (int) export.apply(type.lowered(memory, arguments))[0];
                    Entry.runToExit(first, callback, host.tasks(), host.handles());
                    return result[0];
                }));
    }

    private static <T> T closingOnFailure(WasiHost host, Supplier<T> work) {
        try {
            return work.get();
        } catch (GuestTrapException e) {
            host.close();
            throw e;
        }
    }

    /** Closes the host, and so all that the instance has opened. Idempotent. */
    @Override
    public void close() {
        host.close();
    }
}
