// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive;

import dev.sluice.endive.component.InvalidModuleException;
import dev.sluice.endive.engine.Engine;
import dev.sluice.endive.engine.Entry;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import run.endive.wasm.WasmModule;

/**
 * A library in WebAssembly, whose functions the host calls: a core module, or a component as today's compilers make them
 * (a "reactor"). It exports its memory.
 *
 * <p>It is compiled like a {@link WasiCommand}. It can be instantiated any number of times, with a {@link WasiHost} for
 * each; instances share nothing.
 */
public final class WasiLibrary {
    private final GuestCode code;
    private final boolean initialised;

    private WasiLibrary(GuestCode code, boolean initialised) {
        this.code = code;
        this.initialised = initialised;
    }

    private static WasiLibrary of(WasmModule module) throws InvalidModuleException {
        return new WasiLibrary(new GuestCode(module, Engine.compiling(module)), Entry.isInitialised(module));
    }

    /**
     * Reads a library from a file.
     *
     * @param file a core module or a component, in binary form
     * @param limits as for {@link WasiCommand#load(byte[], Limits)}
     * @return the library
     * @throws InvalidGuestException if it is neither, or can't be used here, or exceeds a limit
     * @throws InterruptedIOException if the thread is interrupted; its interrupt status is set
     * @throws IOException if the file can't be read
     */
    public static WasiLibrary load(Path file, Limits limits) throws IOException {
        GuestLoader<WasiLibrary> loader = WasiLibrary::of;
        return loader.load(file, limits);
    }

    /**
     * Reads a library.
     *
     * @param bytes a core module or a component, in binary form
     * @param limits as for {@link WasiCommand#load(byte[], Limits)}
     * @return the library
     * @throws InvalidGuestException if it is neither, or can't be used here, or exceeds a limit
     * @throws InterruptedIOException if the thread is interrupted; its interrupt status is set
     */
    public static WasiLibrary load(byte[] bytes, Limits limits) throws InvalidGuestException, InterruptedIOException {
        GuestLoader<WasiLibrary> loader = WasiLibrary::of;
        return loader.load(bytes, limits);
    }

    /**
     * The same library, interpreted: it starts at once, and runs slowly.
     *
     * @return the library, which is not compiled
     */
    public WasiLibrary interpreted() {
        return new WasiLibrary(new GuestCode(code.module(), Engine.interpreting()), initialised);
    }

    /**
     * Makes an instance, and calls its initialiser if it has one.
     *
     * @param host what the instance may do; it is closed with the instance, or if this fails
     * @return the instance
     * @throws GuestTrapException if its initialiser trapped, or was stopped
     */
    public WasiInstance instantiate(WasiHost host) {
        return WasiInstance.of(code, host, initialised);
    }
}
