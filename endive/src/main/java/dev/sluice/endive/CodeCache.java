// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive;

import dev.sluice.endive.engine.CodeStore;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Keeps the compiled code of programs in a directory, for later runs of the host. An entry belongs to the content of a
 * program and to the version of the compiler, so it never goes stale.
 *
 * <p>Compiled code has the rights of the host, so each entry is authenticated with a secret key (HMAC-SHA256): an entry
 * that was changed, or that was made with another key, is ignored and replaced. Keep the key where the writers of the
 * directory can't read it. Errors of the file system are ignored, too, since the program can be compiled. Entries are not
 * deleted by this class. Safe for use by several threads and processes.
 */
public final class CodeCache {
    private static final int LEAST_KEY_BYTES = 16;

    private final CodeStore store;

    private CodeCache(CodeStore store) {
        this.store = store;
    }

    /**
     * A cache in a directory, which is created when something is first stored.
     *
     * @param directory where the entries are
     * @param key a secret of at least 16 bytes
     * @return the cache
     * @throws IllegalArgumentException if the key is too short
     */
    public static CodeCache in(Path directory, byte[] key) {
        Objects.requireNonNull(directory, "directory");
        if (key.length < LEAST_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "The key has " + key.length + " bytes, but must have at least " + LEAST_KEY_BYTES);
        }
        return new CodeCache(new CodeStore(directory, key));
    }

    CodeStore store() {
        return store;
    }
}
