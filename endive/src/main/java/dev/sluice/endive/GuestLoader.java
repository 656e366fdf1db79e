// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive;

import dev.sluice.endive.component.GuestFile;
import dev.sluice.endive.component.InvalidModuleException;
import dev.sluice.endive.engine.Abandonable;
import dev.sluice.endive.wasi.Linker;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.Import;

/**
 * Reads a guest within its limits.
 *
 * @param <T> what it is
 */
interface GuestLoader<T> {
    /** Makes it of its module, or refuses it. */
    T of(WasmModule module) throws InvalidModuleException;

    /** From a file. */
    default T load(Path file, Limits limits) throws IOException {
        ensureSize(Files.size(file), limits);
        try {
            return load(Files.readAllBytes(file), limits);
        } catch (OutOfMemoryError e) {
            throw new InvalidGuestException("The file is too large for the host's memory.", e);
        }
    }

    /** From the bytes of a file. */
    default T load(byte[] bytes, Limits limits) throws InvalidGuestException, InterruptedIOException {
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

    private T parse(byte[] bytes) throws InvalidModuleException {
        WasmModule module = GuestFile.mainModule(bytes);
        Import foreign = Linker.foreignImport(module).orElse(null);
        if (foreign != null) {
            throw new InvalidModuleException("The program imports " + foreign.name() + " from " + foreign.module()
                    + ", which is not a function of WASI 0.2 or 0.3, of preview 1, or of another interface of WIT.");
        }
        return of(module);
    }
}
