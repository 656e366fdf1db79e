// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.abi;

import run.endive.wasm.types.FunctionType;

/**
 * A function of the host.
 *
 * @param type its core type, to which its type in WIT is flattened
 * @param body what it does
 */
public record AbiFunction(FunctionType type, Body body) {

    /** What a function does. Its value is returned if the type has a result, and ignored otherwise. */
    @FunctionalInterface
    public interface Body {
        long run(Call call) throws InterruptedException;
    }
}
