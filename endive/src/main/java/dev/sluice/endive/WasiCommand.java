// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive;

import dev.sluice.endive.component.InvalidModuleException;
import dev.sluice.endive.engine.Engine;
import dev.sluice.endive.engine.Entry;
import dev.sluice.endive.engine.GuestThread;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import run.endive.wasi.WasiExitException;
import run.endive.wasm.WasmModule;

/**
 * A program for WASI 0.2 or 0.3, or for both: a core module, or a component as today's compilers make them. It exports its
 * memory and {@code wasi:cli/run}, or {@code _start}.
 *
 * <p>When it is first run it is compiled to Java bytecode, on another thread, and interpreted meanwhile: a call uses
 * compiled code as soon as there is some. A small program waits for it, so that its first loop is compiled. What the
 * compiler can't do, or what would take it too long, stays interpreted. A program can be run any number of times, at the
 * same time on several threads too, with a {@link WasiHost} for each run.
 */
public final class WasiCommand {
    private final GuestCode code;
    private final Entry entry;

    private WasiCommand(GuestCode code, Entry entry) {
        this.code = code;
        this.entry = entry;
    }

    private static WasiCommand of(WasmModule module) throws InvalidModuleException {
        return new WasiCommand(new GuestCode(module, Engine.compiling(module)), Entry.of(module));
    }

    private WasiCommand with(Engine engine) {
        return new WasiCommand(new GuestCode(code.module(), engine), entry);
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
        GuestLoader<WasiCommand> loader = WasiCommand::of;
        return loader.load(file, limits);
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
        GuestLoader<WasiCommand> loader = WasiCommand::of;
        return loader.load(bytes, limits);
    }

    /**
     * The same program, whose compiled code is kept in a cache and taken from there.
     *
     * @param cache the cache
     * @return the program
     */
    public WasiCommand cached(CodeCache cache) {
        return with(Engine.compiling(code.module(), cache.store()));
    }

    /**
     * The same program, interpreted: it starts at once, and runs slowly.
     *
     * @return the program, which is not compiled
     */
    public WasiCommand interpreted() {
        return with(Engine.interpreting());
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
        try (host) {
            return code.run(host.limits(), () -> {
                try {
                    return entry.call(code.instantiate(host), host.tasks(), host.handles());
                } catch (WasiExitException e) {
                    return e.exitCode();
                }
            });
        }
    }
}
