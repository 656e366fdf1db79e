package dev.sluice.endive;

import java.io.IOException;
import java.nio.file.Path;
import run.endive.runtime.ImportFunction;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.WasmInterruptedException;
import run.endive.wasi.WasiExitException;
import run.endive.wasm.WasmEngineException;
import run.endive.wasm.WasmModule;

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
        return load(GuestFile.read(file));
    }

    /**
     * Reads a program.
     *
     * @param bytes a core module or a component, in binary form
     * @return the program
     * @throws InvalidGuestException if it is neither, or can't be run here
     */
    public static WasiCommand load(byte[] bytes) throws InvalidGuestException {
        WasmModule module = GuestFile.mainModule(bytes);
        Linker.ensureLinkable(module);
        return new WasiCommand(module, Entry.of(module), Engine.compiling(module));
    }

    /**
     * The same program, interpreted: slow, and there at once.
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
                    .withMemoryFactory(new LimitedMemories(host.limits()))
                    .withTableFactory(new LimitedTables())
                    .withStart(false)
                    .build();
            return entry.call(instance);
        } catch (WasiExitException e) {
            return e.exitCode();
        } catch (StackOverflowError e) {
            throw trapped("call stack exhausted", e);
        } catch (OutOfMemoryError e) {
            throw trapped("the host has no memory left for the guest", e);
        } catch (WasmEngineException e) {
            throw trapped(reason(e, watchdog, host.limits()), e);
        } catch (RuntimeException | AssertionError e) {
            throw trapped(Engine.failure(e), e);
        }
    }

    private static String reason(WasmEngineException e, Watchdog watchdog, Limits limits) {
        if (watchdog.hasBarked()) {
            return "its time of " + limits.time() + " is over";
        }
        if (e instanceof WasmInterruptedException || e.getCause() instanceof InterruptedException) {
            Thread.currentThread().interrupt(); // Endive's preview 1 forgets it
            return "interrupted";
        }
        return e.getMessage();
    }

    private GuestTrapException trapped(String message, Throwable cause) {
        return new GuestTrapException(
                String.valueOf(message).lines().findFirst().orElse("trap"), cause, GuestStack.of(module, cause));
    }
}
