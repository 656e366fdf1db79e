package dev.sluice.endive;

import dev.sluice.endive.GuestTrapException.Reason;
import dev.sluice.endive.abi.Trap;
import dev.sluice.endive.component.GuestFile;
import dev.sluice.endive.component.InvalidModuleException;
import dev.sluice.endive.engine.Abandonable;
import dev.sluice.endive.engine.Engine;
import dev.sluice.endive.engine.Entry;
import dev.sluice.endive.engine.GuestStack;
import dev.sluice.endive.engine.GuestThread;
import dev.sluice.endive.engine.LimitedMemories;
import dev.sluice.endive.engine.LimitedTables;
import dev.sluice.endive.engine.Watchdog;
import dev.sluice.endive.wasi.Linker;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
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
 * <p>When it is first run it is compiled to Java bytecode, on another thread, and interpreted meanwhile: a call uses
 * compiled code as soon as there is some. A small program waits for it, so that its first loop is compiled. What the
 * compiler can't do, or what would take it too long, stays interpreted. A program can be run any number of times, at the
 * same time on several threads too, with a {@link WasiHost} for each run.
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
     * Reads a program from a file, with {@link Limits#standard()}.
     *
     * @param file a core module or a component, in binary form
     * @return the program
     * @throws InvalidGuestException if it is neither, or can't be run here
     * @throws IOException if the file can't be read
     */
    public static WasiCommand load(Path file) throws IOException {
        return load(file, Limits.standard());
    }

    /**
     * Reads a program from a file.
     *
     * @param file a core module or a component, in binary form
     * @param limits as for {@link #load(byte[], Limits)}
     * @return the program
     * @throws InvalidGuestException if it is neither, or can't be run here, or exceeds a limit
     * @throws InterruptedIOException if the thread is interrupted; its interrupt status is set
     * @throws IOException if the file can't be read
     */
    public static WasiCommand load(Path file, Limits limits) throws IOException {
        ensureSize(Files.size(file), limits);
        try {
            return load(Files.readAllBytes(file), limits);
        } catch (OutOfMemoryError e) {
            throw new InvalidGuestException("The file is too large for the host's memory.", e);
        }
    }

    /**
     * Reads a program, with {@link Limits#standard()}.
     *
     * @param bytes a core module or a component, in binary form
     * @return the program
     * @throws InvalidGuestException if it is neither, or can't be run here
     * @throws InterruptedIOException if the thread is interrupted; its interrupt status is set
     */
    public static WasiCommand load(byte[] bytes) throws InvalidGuestException, InterruptedIOException {
        return load(bytes, Limits.standard());
    }

    /**
     * Reads a program. That is done on another thread: when the time is over or the calling thread is interrupted, this
     * method ends, and the other thread does when it has read the file.
     *
     * @param bytes a core module or a component, in binary form
     * @param limits {@link Limits#moduleBytes} and {@link Limits#time} apply
     * @return the program
     * @throws InvalidGuestException if it is neither, or can't be run here, or exceeds a limit
     * @throws InterruptedIOException if the thread is interrupted; its interrupt status is set
     */
    public static WasiCommand load(byte[] bytes, Limits limits) throws InvalidGuestException, InterruptedIOException {
        ensureSize(bytes.length, limits);
        try {
            return Abandonable.call(() -> parse(bytes), limits.time());
        } catch (TimeoutException e) {
            throw new InvalidGuestException("Reading the file takes longer than its time of " + limits.time() + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the file was read");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InvalidModuleException invalid) {
                throw new InvalidGuestException(invalid.getMessage(), invalid);
            }
            throw new InvalidGuestException("The file can't be read as WebAssembly.", e.getCause());
        }
    }

    private static void ensureSize(long bytes, Limits limits) throws InvalidGuestException {
        if (bytes > limits.moduleBytes()) {
            throw new InvalidGuestException(
                    "The file has " + bytes + " bytes, but its limit is " + limits.moduleBytes() + ".", null);
        }
    }

    private static WasiCommand parse(byte[] bytes) throws InvalidModuleException {
        WasmModule module = GuestFile.mainModule(bytes);
        ensureLinkable(module);
        return new WasiCommand(module, Entry.of(module), Engine.compiling(module));
    }

    private static void ensureLinkable(WasmModule module) throws InvalidModuleException {
        Import foreign = Linker.foreignImport(module).orElse(null);
        if (foreign != null) {
            throw new InvalidModuleException("The program imports " + foreign.name() + " from " + foreign.module()
                    + ", which is not a function of WASI 0.2 or of preview 1.");
        }
    }

    /**
     * The same program, whose compiled code is kept in a cache and taken from there.
     *
     * @param cache the cache
     * @return the program
     */
    public WasiCommand cached(CodeCache cache) {
        return new WasiCommand(module, entry, Engine.compiling(module, cache.store()));
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
     * Runs the program until it ends, and closes the host. It runs on the calling thread, or with {@link
     * Limits#stackBytes} on a new one. Interrupting the calling thread ends it.
     *
     * @param host what the program may do; good for one run
     * @return its exit status: 0 for success
     * @throws GuestTrapException if it trapped, or was stopped
     */
    public int run(WasiHost host) {
        long stackBytes = host.limits().stackBytes();
        return stackBytes == 0 ? runHere(host) : GuestThread.run(() -> runHere(host), stackBytes);
    }

    private int runHere(WasiHost host) {
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
            engine.prepare();
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
