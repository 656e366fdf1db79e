// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.component;

import run.endive.wasm.WasmModule;
import run.endive.wasm.types.ExternalType;
import run.endive.wasm.types.Import;

/**
 * The role of a core module in a component made by {@code wit-component}, which all of today's compilers use. Beside the
 * program it writes a shim, whose functions call through the table {@code $imports}, and a fixup that fills the table:
 * imports are lowered to the program's memory, which does not exist before the program is instantiated. A program built
 * for preview 1 has an adapter, too, which uses the program's memory. (For a module that calls the program's initialiser
 * see {@link SectionScan#callsInitialiser}.) This host's functions find the memory by
 * themselves and include preview 1, so only the program is instantiated.
 */
enum ComponentRole {
    MAIN,
    SHIM,
    FIXUP,
    ADAPTER;

    private static final String INDIRECTIONS = "$imports";

    static ComponentRole of(WasmModule module) {
        var exports = module.exportSection();
        for (int i = 0; i < exports.exportCount(); i++) {
            if (exports.getExport(i).exportType() == ExternalType.TABLE
                    && exports.getExport(i).name().equals(INDIRECTIONS)) {
                return SHIM;
            }
        }
        ComponentRole role = MAIN;
        var imports = module.importSection();
        for (int i = 0; i < imports.importCount(); i++) {
            Import imported = imports.getImport(i);
            if (imported.importType() == ExternalType.TABLE && imported.name().equals(INDIRECTIONS)) {
                return FIXUP;
            }
            boolean mainMemory = imported.importType() == ExternalType.MEMORY
                    && imported.module().equals("env")
                    && imported.name().equals("memory");
            if (mainMemory || imported.module().equals("__main_module__")) {
                role = ADAPTER;
            }
        }
        return role;
    }
}
