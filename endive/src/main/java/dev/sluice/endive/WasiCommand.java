package dev.sluice.endive;

import dev.sluice.endive.GuestTrapException.Reason;
import dev.sluice.endive.abi.Trap;
import dev.sluice.endive.component.GuestFile;
import dev.sluice.endive.component.InvalidModuleException;
import dev.sluice.endive.engine.Engine;
import dev.sluice.endive.engine.Entry;
import dev.sluice.endive.engine.GuestStack;
import dev.sluice.endive.engine.LimitedMemories;
import dev.sluice.endive.engine.LimitedTables;
import dev.sluice.endive.engine.Watchdog;
import dev.sluice.endive.wasi.Linker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import run.endive.runtime.ImportFunction;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.WasmInterruptedException;
import run.endive.wasi.WasiExitException;
import run.endive.wasm.WasmEngineException;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.Import;

/**
 * A program for WASI 0.2: a core module, or a component as today's compilers make them. It exports its memory and {@code
 * wasi:cli/run}, or {@code _start}.
 *
 * <p>It is compiled to Java bytecode once, when it is first run; what the compiler can't do is interpreted. It can be run
 * any number of times, at the same time on several threads too, with a {@link WasiHost} for each run.
 */
public final class WasiCommand {
    private final WasmModule module;
    private final Entry entry;
    private final Engine engine;

    private WasiCommand(WasmModule module, Entry entry, Engine engine) {
        this.module = module;
        this.entry = entry;
        this.engine = engine;
    }

    /**
     * Reads a program from a file.
     *
     * @param file a core module or a component, in binary form
     * @return the program
     * @throws InvalidGuestException if it is neither, or can't be run here
     * @throws IOException if the file can't be read
     */
    public static WasiCommand load(Path file) throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (OutOfMemoryError e) {
            throw new InvalidGuestException("The file is too large to be read.", e);
        }
        return load(bytes);
    }

    /**
     * Reads a program.
     *
     * @param bytes a core module or a component, in binary form
     * @return the program
     * @throws InvalidGuestException if it is neither, or can't be run here
     */
    public static WasiCommand load(byte[] bytes) throws InvalidGuestException {
        try {
            WasmModule module = GuestFile.mainModule(bytes);
            ensureLinkable(module);
            return new WasiCommand(module, Entry.of(module), Engine.compiling(module));
        } catch (InvalidModuleException e) {
            throw new InvalidGuestException(e.getMessage(), e.getCause());
        }
    }

    private static void ensureLinkable(WasmModule module) throws InvalidModuleException {
        Import foreign = Linker.foreignImport(module).orElse(null);
        if (foreign != null) {
            throw new InvalidModuleException("The program imports " + foreign.name() + " from " + foreign.module()
                    + ", which is not a function of WASI 0.2 or of preview 1.");
        }
    }

    /**
     * The same program, interpreted: it starts at once, and runs slowly.
     *
     * @return the program, which is not compiled
     */
    public WasiCommand interpreted() {
        return new WasiCommand(module, entry, Engine.interpreting());
    }

    /**
     * Runs the program on the calling thread until it ends, and closes the host. Interrupting the thread ends it.
     *
     * @param host what the program may do; good for one run
     * @return its exit status: 0 for success
     * @throws GuestTrapException if it trapped, or was stopped
     */
    public int run(WasiHost host) {
        try (host;
                Watchdog watchdog = Watchdog.over(host.limits().time())) {
            return run(host, watchdog);
        }
    }

    private int run(WasiHost host, Watchdog watchdog) {
        try {
            ImportFunction[] functions = host.functions(module).toArray(ImportFunction[]::new);
            Instance instance = Instance.builder(module)
                    .withImportValues(
                            ImportValues.builder().addFunction(functions).build())
                    .withMachineFactory(engine)
                    .withMemoryFactory(new LimitedMemories(host.limits().memoryBytes()))
                    .withTableFactory(new LimitedTables())
                    .withStart(false)
                    .build();
            return entry.call(instance);
        } catch (WasiExitException e) {
            return e.exitCode();
        } catch (StackOverflowError e) {
            throw ended(Reason.LIMIT, "call stack exhausted", e);
        } catch (OutOfMemoryError e) {
            throw ended(Reason.LIMIT, "the host has no memory left for the guest", e);
        } catch (WasmEngineException e) {
            throw ended(e, watchdog, host.limits());
        } catch (RuntimeException | AssertionError e) {
            throw ended(Reason.TRAP, Engine.failure(e), e);
        }
    }

    private GuestTrapException ended(WasmEngineException e, Watchdog watchdog, Limits limits) {
        if (watchdog.hasFired()) {
            return ended(Reason.TIME, "its time of " + limits.time() + " is over", e);
        }
        if (e instanceof WasmInterruptedException || e.getCause() instanceof InterruptedException) {
            Thread.currentThread().interrupt(); // Endive's preview 1 clears the status
            return ended(Reason.INTERRUPTION, "interrupted", e);
        }
        boolean limit = e instanceof Trap trap ? trap.isLimit() : e.getCause() instanceof StackOverflowError;
        return ended(limit ? Reason.LIMIT : Reason.TRAP, String.valueOf(e.getMessage()), e);
    }

    private GuestTrapException ended(Reason reason, String message, Throwable cause) {
        String line = message.lines().findFirst().orElse("trap");
        return new GuestTrapException(reason, line, cause, GuestStack.of(module, cause));
    }
}
