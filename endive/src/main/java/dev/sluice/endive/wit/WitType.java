// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wit;

import dev.sluice.endive.abi.GuestMemory;
import java.util.List;
import run.endive.wasm.types.ValType;

/** A type of WIT, by the rules of the canonical ABI. */
interface WitType {
    /** Its size in memory, a multiple of the alignment. */
    int size();

    int alignment();

    /** The core types of its flat form. */
    List<ValType> flat();

    /** Reads a value from an address that has been checked. */
    Object load(GuestMemory memory, int address);

    /** Writes a value to an address that has been checked. */
    void store(GuestMemory memory, int address, Object value);

    /** Takes a value from its flat form, which begins at an index. */
    Object lift(GuestMemory memory, long[] flat, int index);

    /** Puts a value in its flat form, which begins at an index. */
    void lower(GuestMemory memory, long[] flat, int index, Object value);
}
