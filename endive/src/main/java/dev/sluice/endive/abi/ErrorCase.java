// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.abi;

/**
 * The error case of a {@code result}, which functions throw as an exception.
 *
 * @param <E> the exception
 * @param exception its class
 * @param lowering writes the error to the guest's memory
 */
public record ErrorCase<E extends Exception>(Class<E> exception, Lowering<E> lowering) {

    /** Writes an error to an address. */
    @FunctionalInterface
    public interface Lowering<E extends Exception> {
        void lower(E error, Call call, int address);
    }
}
