package dev.sluice.endive;

import run.endive.wasm.Parser;
import run.endive.wasm.WasmEngineException;
import run.endive.wasm.WasmModule;

/** A file with a program in it. */
final class GuestFile {
    private GuestFile() {}

    /** The one core module to run. */
    static WasmModule mainModule(byte[] file) throws InvalidGuestException {
        return parse(file);
    }

    static WasmModule parse(byte[] core) throws InvalidGuestException {
        try {
            return Parser.parse(core);
        } catch (WasmEngineException e) {
            throw new InvalidGuestException("The file is no valid WebAssembly: " + e.getMessage() + ".", e);
        } catch (RuntimeException | StackOverflowError e) { // the parser has its own faults
            throw new InvalidGuestException("The file can't be parsed as WebAssembly: " + e + ".", e);
        }
    }
}
