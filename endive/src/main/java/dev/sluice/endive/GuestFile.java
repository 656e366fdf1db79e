package dev.sluice.endive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmEngineException;
import run.endive.wasm.WasmModule;

/** A file with a program in it: a core module, or a component with one in it. */
final class GuestFile {
    /** "\0asm". */
    private static final int MAGIC = 0x6d736100;

    private static final int CORE_VERSION_1 = 1;

    /** Version 0xd of layer 1: what every component's file begins with since 2023. */
    private static final int COMPONENT_VERSION = 0x0001_000d;

    private GuestFile() {}

    static byte[] read(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (OutOfMemoryError e) {
            throw new InvalidGuestException("The file is too large to be read.", e);
        }
    }

    /** The one core module to run. */
    static WasmModule mainModule(byte[] file) throws InvalidGuestException {
        if (file.length < 8 || word(file, 0) != MAGIC) {
            throw new InvalidGuestException("The file is no WebAssembly in binary form.");
        }
        return switch (word(file, 4)) {
            case CORE_VERSION_1 -> parse(file);
            case COMPONENT_VERSION -> mainModuleOf(ComponentFile.parse(file));
            default ->
                throw new InvalidGuestException(
                        String.format("The file is WebAssembly of the unknown version 0x%x.", word(file, 4)));
        };
    }

    private static int word(byte[] file, int offset) {
        return file[offset] & 0xff
                | (file[offset + 1] & 0xff) << 8
                | (file[offset + 2] & 0xff) << 16
                | file[offset + 3] << 24;
    }

    private static WasmModule mainModuleOf(ComponentFile component) throws InvalidGuestException {
        WasmModule main = null;
        for (byte[] core : component.coreModules()) {
            WasmModule module = parse(core);
            if (ComponentRole.of(module) == ComponentRole.MAIN) {
                if (main != null) {
                    throw new InvalidGuestException(
                            "The component is composed of several programs or libraries; only one of its core modules"
                                    + " may be the guest's own.");
                }
                main = module;
            }
        }
        if (main == null) {
            throw new InvalidGuestException(
                    "The component holds no core module of its own, so there is nothing to run.");
        }
        return main;
    }

    private static WasmModule parse(byte[] core) throws InvalidGuestException {
        try {
            WasmModule module = Parser.parse(core);
            ensureLimitable(module);
            return module;
        } catch (WasmEngineException e) {
            throw new InvalidGuestException("The file is no valid WebAssembly: " + first(e.getMessage()) + ".", e);
        } catch (OutOfMemoryError e) { // the parser believes every length, such as that of a name of 2 GiB
            throw new InvalidGuestException("The file asks for more memory than there is to read it.", e);
        } catch (RuntimeException | StackOverflowError | AssertionError e) { // the parser has faults of its own
            throw new InvalidGuestException("The file can't be read as WebAssembly.", e);
        }
    }

    /** Of a function's faults, which the parser joins to one message. */
    private static String first(String faults) {
        return String.valueOf(faults).split(" - |\\n", 2)[0];
    }

    /** No limit bounds what the garbage-collected objects of a guest take from the host. */
    private static void ensureLimitable(WasmModule module) throws InvalidGuestException {
        var types = module.typeSection();
        for (int i = 0; i < types.subTypeCount(); i++) {
            if (types.getSubType(i).compType().funcType() == null) {
                throw new InvalidGuestException(
                        "The program uses garbage-collected types, which can't be held within limits.");
            }
        }
    }
}
