package dev.sluice.endive;

import run.endive.wasm.WasmModule;
import run.endive.wasm.types.ExternalType;
import run.endive.wasm.types.Import;

/**
 * What a core module is in a component made by {@code wit-component}, which all of today's compilers use. Beside the
 * program it makes a shim, whose functions call through the table {@code $imports}, and a fixup that fills the table:
 * needed because the program's memory, to which imports are lowered, isn't there before the program. A program that was
 * built for preview 1 has an adapter beside it, which works in the program's memory. Here the host's functions find the
 * memory by themselves, and preview 1 is the host's, so only the program is left.
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
