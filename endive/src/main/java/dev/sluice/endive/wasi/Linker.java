// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi;

import dev.sluice.endive.abi.AbiFunction;
import dev.sluice.endive.abi.Functions;
import dev.sluice.endive.abi.GuestMemory;
import dev.sluice.endive.abi.Handles;
import dev.sluice.endive.abi.InterfaceName;
import dev.sluice.endive.abi.Trap;
import dev.sluice.endive.async.Builtins;
import dev.sluice.endive.async.EventLoop;
import dev.sluice.endive.async.StreamBuiltins;
import dev.sluice.endive.async.Tasks;
import dev.sluice.endive.wasi.cli.CliInterfaces;
import dev.sluice.endive.wasi.cli.CliInterfaces03;
import dev.sluice.endive.wasi.cli.CommandEnvironment;
import dev.sluice.endive.wasi.io.PollInterface;
import dev.sluice.endive.wasi.io.StreamsInterface;
import dev.sluice.endive.wasi.preview1.Preview1;
import dev.sluice.endive.wasi.sockets.SocketInterfaces;
import dev.sluice.udp.SendNotPermittedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import run.endive.runtime.HostFunction;
import run.endive.runtime.Instance;
import run.endive.runtime.WasmFunctionHandle;
import run.endive.runtime.WasmInterruptedException;
import run.endive.wasm.WasmEngineException;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.ExternalType;
import run.endive.wasm.types.FunctionImport;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.Import;

/** Links a module's imports to WASI's functions for one guest, and closes what the guest holds when it ends. */
public final class Linker implements AutoCloseable {
    private static final long[] NO_RESULT = {};

    private final Guest guest;
    private final SocketInterfaces sockets;
    private final CommandEnvironment environment;
    private final Functions functions = new Functions();
    private final Functions functions03 = new Functions();
    private final EventLoop loop = new EventLoop();
    private final Tasks tasks = new Tasks(loop);
    private final Builtins builtins = new Builtins(tasks);
    private final StreamBuiltins streams = new StreamBuiltins(tasks);
    private final Map<String, OfferedFunction> offered = new HashMap<>();
    private final long heldBytes;
    private final Preview1 preview1;

    /**
     * @param handles how many handles the guest may hold
     * @param heldBytes how much of its memory the arguments of one offered function may take
     * @param sockets its sockets
     * @param environment what it finds when it starts
     * @param offered functions of the host beside those of WASI
     */
    public Linker(
            int handles,
            long heldBytes,
            SocketInterfaces sockets,
            CommandEnvironment environment,
            List<OfferedFunction> offered) {
        offered.forEach(function -> this.offered.put(label(function.interfaceName(), function.name()), function));
        this.heldBytes = heldBytes;
        this.guest = new Guest(handles);
        this.sockets = sockets;
        this.environment = environment;
        this.preview1 = new Preview1(environment, handles);
        sockets.declare(functions);
        PollInterface.declare(functions);
        StreamsInterface.declare(functions);
        ClockInterfaces.declare(functions);
        RandomInterfaces random = new RandomInterfaces();
        random.declare(functions);
        new CliInterfaces(environment).declare(functions);
        sockets.declare03(functions03, streams, tasks);
        ClockInterfaces03.declare(functions03, tasks);
        random.declare03(functions03);
        new CliInterfaces03(environment, loop).declare(functions03, streams);
    }

    /** The tasks of the guest. */
    public Tasks tasks() {
        return tasks;
    }

    /** The handles of the guest. */
    public Handles handles() {
        return guest.handles();
    }

    /** The first import of a module that is not a function of WASI, of preview 1, or of another interface of WIT. */
    public static Optional<Import> foreignImport(WasmModule module) {
        return module.importSection().stream()
                .filter(i -> i.importType() != ExternalType.FUNCTION || !isKnown(i.module()))
                .findFirst();
    }

    private static boolean isKnown(String module) {
        return module.equals(Preview1.MODULE) || InterfaceName.isWit(module);
    }

    private static boolean isWasi(String module) {
        return module.equals(Preview1.MODULE)
                || InterfaceName.ofWasi02(module) != null
                || InterfaceName.ofWasi03(module) != null
                || module.equals("$root")
                || module.startsWith("[export]");
    }

    /** The functions that a module imports from WASI and from the host. One of WASI that does not exist traps. */
    public List<HostFunction> functions(WasmModule module) {
        return functions(module, i -> isWasi(i.module()) || offered.containsKey(label(i.module(), i.name())));
    }

    /** All functions that a module imports by names of WIT. One that does not exist traps when it is called. */
    public List<HostFunction> allFunctions(WasmModule module) {
        return functions(module, i -> isKnown(i.module()));
    }

    private List<HostFunction> functions(WasmModule module, Predicate<Import> included) {
        List<HostFunction> linked = new ArrayList<>();
        module.importSection().stream()
                .filter(i -> i.importType() == ExternalType.FUNCTION && included.test(i))
                .map(FunctionImport.class::cast)
                .forEach(imported -> {
                    FunctionType type = module.typeSection().getType(imported.typeIndex());
                    WasmFunctionHandle implementation = implementation(imported.module(), imported.name(), type);
                    String label = label(imported.module(), imported.name());
                    linked.add(new HostFunction(
                            imported.module(), imported.name(), type, closingOnTrap(label, implementation)));
                });
        return linked;
    }

    private static String label(String module, String name) {
        return module + " " + name;
    }

    private WasmFunctionHandle implementation(String module, String name, FunctionType type) {
        if (module.equals(Preview1.MODULE)) {
            return preview1.find(name, type).orElse(Linker::missing);
        }
        OfferedFunction own = offered.get(label(module, name));
        if (own != null) {
            return checked(type, own.type().imported(), (instance, arguments) -> {
                GuestMemory memory = guest.call(instance, arguments).memory();
                return own.type().callImport(memory, heldBytes, own.body(), arguments);
            });
        }
        String export = Builtins.returnedExport(module, name);
        if (export != null) { // its parameters are the result of the export, so it has that one's type
            return (instance, arguments) -> {
                builtins.giveBack(export, type, guest.call(instance, arguments));
                return NO_RESULT;
            };
        }
        AbiFunction function = find(module, name);
        if (function == null) {
            return Linker::missing;
        }
        boolean hasResult = !type.returns().isEmpty();
        return checked(type, function.type(), (instance, arguments) -> {
            long value = run(function.body(), instance, arguments);
            return hasResult ? new long[] {value} : NO_RESULT;
        });
    }

    /** The function of WASI, or the built-in one, of that name; null if there is none. */
    private AbiFunction find(String module, String name) {
        String wasi02 = InterfaceName.ofWasi02(module);
        if (wasi02 != null) {
            return functions.find(wasi02, name);
        }
        AbiFunction builtin = builtins.find(module, name);
        if (builtin != null) {
            return builtin;
        }
        String wasi03 = InterfaceName.ofWasi03(module);
        AbiFunction function = wasi03 == null ? null : functions03.find(wasi03, name);
        return function != null ? function : streams.find(wasi03 == null ? module : wasi03, name);
    }

    private static WasmFunctionHandle checked(FunctionType declared, FunctionType type, WasmFunctionHandle function) {
        return declared.equals(type)
                ? function
                : (instance, arguments) -> {
                    throw new Trap("declared as " + declared + ", but its type is " + type);
                };
    }

    private static long[] missing(Instance instance, long[] arguments) {
        throw new Trap("this host has no such function");
    }

    private long run(AbiFunction.Body body, Instance caller, long[] arguments) {
        try {
            return body.run(guest.call(caller, arguments));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WasmInterruptedException("interrupted while it waited");
        } catch (SendNotPermittedException e) {
            throw new Trap(e.getMessage(), e);
        }
    }

    /** Whatever ends the guest in a call, what it holds is closed before the exception reaches the host. */
    private WasmFunctionHandle closingOnTrap(String label, WasmFunctionHandle function) {
        return (instance, arguments) -> {
            try {
                return function.apply(instance, arguments);
            } catch (Trap e) {
                throw closing(e.in(label));
            } catch (WasmEngineException e) { // an exit, an interruption, or a trap of its own in cabi_realloc
                throw closing(e);
            } catch (RuntimeException e) {
                throw closing(new Trap(label + " failed in the host: " + e, e));
            }
        };
    }

    private <T extends Throwable> T closing(T reason) {
        end();
        return reason;
    }

    private void end() {
        guest.end();
        loop.close();
        sockets.close();
        environment.close();
    }

    /** The memory of the guest's instance. Traps if the guest has ended. */
    public GuestMemory memory(Instance instance) {
        return guest.call(instance, NO_RESULT).memory();
    }

    /** Closes what the guest holds; what it calls afterwards traps. Idempotent; from any thread. */
    @Override
    public void close() {
        end();
        preview1.close();
    }
}
