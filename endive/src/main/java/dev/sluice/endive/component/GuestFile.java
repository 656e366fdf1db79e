// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.component;

import run.endive.wasm.Parser;
import run.endive.wasm.WasmEngineException;
import run.endive.wasm.WasmModule;

/** Reads the core module to run from a file, which is a core module or a component. */
public final class GuestFile {
    /** "\0asm". */
    private static final int MAGIC = 0x6d736100;

    private static final int CORE_VERSION_1 = 1;

    /** Version 0xd of layer 1: that of every component since 2023. */
    private static final int COMPONENT_VERSION = 0x0001_000d;

    private GuestFile() {}

    /** The program's own core module. */
    public static WasmModule mainModule(byte[] file) throws InvalidModuleException {
        if (file.length < 8 || word(file, 0) != MAGIC) {
            throw new InvalidModuleException("The file is not WebAssembly in binary form.");
        }
        return switch (word(file, 4)) {
            case CORE_VERSION_1 -> parse(file);
            case COMPONENT_VERSION -> mainModuleOf(ComponentFile.parse(file));
            default ->
                throw new InvalidModuleException(
                        String.format("The file is WebAssembly of the unknown version 0x%x.", word(file, 4)));
        };
    }

    private static int word(byte[] file, int offset) {
        return file[offset] & 0xff
                | (file[offset + 1] & 0xff) << 8
                | (file[offset + 2] & 0xff) << 16
                | file[offset + 3] << 24;
    }

    private static WasmModule mainModuleOf(ComponentFile component) throws InvalidModuleException {
        WasmModule main = null;
        for (byte[] core : component.coreModules()) {
            if (SectionScan.callsInitialiser(core)) {
                continue; // the host calls it
            }
            WasmModule module = parse(core);
            if (ComponentRole.of(module) == ComponentRole.MAIN) {
                if (main != null) {
                    throw new InvalidModuleException(
                            "The component is composed of several programs or libraries; only one core module of its own"
                                    + " is supported.");
                }
                main = module;
            }
        }
        if (main == null) {
            throw new InvalidModuleException(
                    "The component contains no core module of its own, so there is nothing to run.");
        }
        return main;
    }

    private static WasmModule parse(byte[] core) throws InvalidModuleException {
        SectionScan.ensureFewLocals(core);
        try {
            WasmModule module = Parser.parse(core);
            ensureLimitable(module);
            return module;
        } catch (WasmEngineException e) {
            throw new InvalidModuleException("The file is not valid WebAssembly: " + first(e.getMessage()) + ".", e);
        } catch (OutOfMemoryError e) { // the parser allocates what a length says, such as 2 GiB for a name
            throw new InvalidModuleException("Reading the file needs more memory than the host has.", e);
        } catch (RuntimeException | StackOverflowError | AssertionError e) { // a bug of the parser
            throw new InvalidModuleException("The file can't be read as WebAssembly.", e);
        }
    }

    /** The first of a function's errors, which the parser joins to one message. */
    private static String first(String errors) {
        return String.valueOf(errors).split(" - |\\n", 2)[0];
    }

    /** Endive has no limit for the memory of a guest's garbage-collected objects. */
    private static void ensureLimitable(WasmModule module) throws InvalidModuleException {
        var types = module.typeSection();
        for (int i = 0; i < types.subTypeCount(); i++) {
            if (types.getSubType(i).compType().funcType() == null) {
                throw new InvalidModuleException(
                        "The program uses garbage-collected types, whose memory can't be limited.");
            }
        }
    }
}
