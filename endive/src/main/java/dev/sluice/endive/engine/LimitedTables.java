// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.engine;

import dev.sluice.endive.abi.Trap;
import run.endive.runtime.TableFactory;
import run.endive.runtime.TableInstance;
import run.endive.wasm.types.Table;
import run.endive.wasm.types.TableLimits;

/** Creates a guest's tables, no larger in all than any program needs, since the host holds them in its memory. */
public final class LimitedTables implements TableFactory {
    private static final long MOST_ELEMENTS = 1 << 20;

    private long left = MOST_ELEMENTS;

    @Override
    public TableInstance create(Table declared, int initial) {
        TableLimits limits = declared.limits();
        if (limits.min() > left) {
            throw Trap.limit("the guest's tables have more than " + MOST_ELEMENTS + " elements");
        }
        long maximum = Math.min(limits.max(), left);
        left -= maximum == limits.max() ? maximum : limits.min();
        TableLimits allowed = new TableLimits(limits.min(), maximum, limits.shared());
        return new TableInstance(new Table(declared.elementType(), allowed, declared.initialize()), initial);
    }
}
