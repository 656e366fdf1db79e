package dev.sluice.endive;

import dev.sluice.udp.SendNotPermittedException;
import java.util.ArrayList;
import java.util.List;
import run.endive.runtime.HostFunction;
import run.endive.runtime.WasmFunctionHandle;
import run.endive.runtime.WasmInterruptedException;
import run.endive.wasm.WasmEngineException;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.ExternalType;
import run.endive.wasm.types.FunctionImport;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.Import;

/** Gives a module the functions it imports, and stands around every call of one. */
final class Linker implements AutoCloseable {
    private static final long[] NO_RESULT = {};

    private final Guest guest;
    private final Functions functions = new Functions();
    private final Preview1 preview1;

    Linker(Guest guest, WasiHost.Builder options) {
        this.guest = guest;
        this.preview1 = new Preview1(options, guest.standard());
        NetworkInterfaces.declare(functions);
        UdpInterface.declare(functions);
        NameLookupInterface.declare(functions);
        PollInterface.declare(functions);
        StreamsInterface.declare(functions);
        ClockInterfaces.declare(functions);
        RandomInterfaces.declare(functions);
        CliInterfaces.declare(functions);
    }

    /** Says of a program whether everything it imports is WASI's. */
    static void ensureLinkable(WasmModule module) throws InvalidGuestException {
        var imports = module.importSection();
        for (int i = 0; i < imports.importCount(); i++) {
            Import imported = imports.getImport(i);
            boolean isWasi = imported.module().equals(Preview1.MODULE) || Names.ofInterface(imported.module()) != null;
            if (!isWasi || imported.importType() != ExternalType.FUNCTION) {
                throw new InvalidGuestException("The program imports " + imported.name() + " from " + imported.module()
                        + ", which is no function of WASI 0.2 or of preview 1.");
            }
        }
    }

    List<HostFunction> functions(WasmModule module) {
        List<HostFunction> linked = new ArrayList<>();
        var imports = module.importSection();
        for (int i = 0; i < imports.importCount(); i++) {
            if (imports.getImport(i) instanceof FunctionImport imported) {
                FunctionType type = module.typeSection().getType(imported.typeIndex());
                WasmFunctionHandle implementation = implementation(imported.module(), imported.name(), type);
                if (implementation != null) {
                    linked.add(new HostFunction(imported.module(), imported.name(), type, implementation));
                }
            }
        }
        return linked;
    }

    /** Null if the import isn't WASI's. */
    private WasmFunctionHandle implementation(String module, String name, FunctionType type) {
        String label = module + " " + name;
        if (module.equals(Preview1.MODULE)) {
            return preview1.find(name, type)
                    .<WasmFunctionHandle>map(f -> guarded(label, f))
                    .orElseGet(() -> missing(label));
        }
        String interfaceName = Names.ofInterface(module);
        if (interfaceName == null) {
            return null;
        }
        Functions.Function function = functions.find(interfaceName, name);
        if (function == null) {
            return missing(label);
        }
        if (!function.type().equals(type)) {
            return (instance, arguments) -> {
                throw ended(new Trap(label + " was declared as " + type + ", but is " + function.type()));
            };
        }
        boolean hasResult = !type.returns().isEmpty();
        return guarded(label, (instance, arguments) -> {
            guest.enter(instance);
            long value = run(function.body(), arguments);
            return hasResult ? new long[] {value} : NO_RESULT;
        });
    }

    private long run(Functions.Body body, long[] arguments) {
        try {
            return body.run(new Call(guest, arguments));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WasmInterruptedException("interrupted while it waited");
        } catch (SendNotPermittedException e) {
            throw new Trap(e.getMessage(), e);
        }
    }

    /** However a call ends the guest, nothing of it remains. */
    private WasmFunctionHandle guarded(String label, WasmFunctionHandle function) {
        return (instance, arguments) -> {
            try {
                return function.apply(instance, arguments);
            } catch (Trap e) {
                throw ended(new Trap(label + ": " + e.getMessage(), e));
            } catch (WasmEngineException e) { // an exit, an interruption, or a trap of its own in cabi_realloc
                throw ended(e);
            } catch (RuntimeException e) {
                throw ended(new Trap(label + " failed in the host: " + e, e));
            }
        };
    }

    private WasmFunctionHandle missing(String label) {
        return (instance, arguments) -> {
            throw ended(new Trap(label + " is not there"));
        };
    }

    private <T extends Throwable> T ended(T why) {
        guest.end();
        return why;
    }

    @Override
    public void close() {
        preview1.close();
    }
}
