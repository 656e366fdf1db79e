package dev.sluice.endive.wasi;

import dev.sluice.endive.abi.AbiFunction;
import dev.sluice.endive.abi.Functions;
import dev.sluice.endive.abi.InterfaceName;
import dev.sluice.endive.abi.Trap;
import dev.sluice.endive.wasi.cli.CliInterfaces;
import dev.sluice.endive.wasi.cli.CommandEnvironment;
import dev.sluice.endive.wasi.io.PollInterface;
import dev.sluice.endive.wasi.io.StreamsInterface;
import dev.sluice.endive.wasi.preview1.Preview1;
import dev.sluice.endive.wasi.sockets.SocketInterfaces;
import dev.sluice.udp.SendNotPermittedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    private final Preview1 preview1;

    /**
     * @param handles how many handles the guest may hold
     * @param sockets its sockets
     * @param environment what it finds when it starts
     */
    public Linker(int handles, SocketInterfaces sockets, CommandEnvironment environment) {
        this.guest = new Guest(handles);
        this.sockets = sockets;
        this.environment = environment;
        this.preview1 = new Preview1(environment, handles);
        sockets.declare(functions);
        PollInterface.declare(functions);
        StreamsInterface.declare(functions);
        ClockInterfaces.declare(functions);
        new RandomInterfaces().declare(functions);
        new CliInterfaces(environment).declare(functions);
    }

    /** The first import of a module that is not a function of WASI 0.2 or of preview 1. */
    public static Optional<Import> foreignImport(WasmModule module) {
        return module.importSection().stream()
                .filter(i -> i.importType() != ExternalType.FUNCTION || !isWasi(i.module()))
                .findFirst();
    }

    private static boolean isWasi(String module) {
        return module.equals(Preview1.MODULE) || InterfaceName.ofWasi02(module) != null;
    }

    /** The functions that a module imports from WASI. One that does not exist traps when it is called. */
    public List<HostFunction> functions(WasmModule module) {
        List<HostFunction> linked = new ArrayList<>();
        module.importSection().stream()
                .filter(i -> i.importType() == ExternalType.FUNCTION && isWasi(i.module()))
                .map(FunctionImport.class::cast)
                .forEach(imported -> {
                    FunctionType type = module.typeSection().getType(imported.typeIndex());
                    WasmFunctionHandle implementation = implementation(imported.module(), imported.name(), type);
                    linked.add(new HostFunction(
                            imported.module(), imported.name(), type, closingOnTrap(label(imported), implementation)));
                });
        return linked;
    }

    private static String label(Import imported) {
        return imported.module() + " " + imported.name();
    }

    private WasmFunctionHandle implementation(String module, String name, FunctionType type) {
        if (module.equals(Preview1.MODULE)) {
            return preview1.find(name, type).orElse(Linker::missing);
        }
        AbiFunction function = functions.find(InterfaceName.ofWasi02(module), name);
        if (function == null) {
            return Linker::missing;
        }
        if (!function.type().equals(type)) {
            return (instance, arguments) -> {
                throw new Trap("declared as " + type + ", but its type is " + function.type());
            };
        }
        boolean hasResult = !type.returns().isEmpty();
        return (instance, arguments) -> {
            long value = run(function.body(), instance, arguments);
            return hasResult ? new long[] {value} : NO_RESULT;
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
        sockets.close();
        environment.close();
    }

    /** Closes what the guest holds; what it calls afterwards traps. Idempotent; from any thread. */
    @Override
    public void close() {
        end();
        preview1.close();
    }
}
