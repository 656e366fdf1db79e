// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.abi;

/** The layout of a {@code result<ok, error>} in memory. Its discriminant is the byte at offset 0. */
public enum ResultLayout {
    /** {@code result<_, error-code>}. */
    NOTHING(2, 1, 1),
    /** {@code result<u8, error-code>}. */
    U8(2, 1, 1),
    /** {@code result<u64, …>}. */
    U64(16, 8, 8),
    /** {@code result<own<…>, error-code>}. */
    HANDLE(8, 4, 4),
    /** {@code result<tuple<own<…>, own<…>>, error-code>}. */
    TWO_HANDLES(12, 4, 4),
    /** {@code result<tuple<own<…>, own<…>, own<…>>, error-code>}. */
    THREE_HANDLES(16, 4, 4),
    /** {@code result<list<…>, …>}. */
    LIST(12, 4, 4),
    /** {@code result<ip-socket-address, error-code>}. */
    SOCKET_ADDRESS(36, 4, 4),
    /** {@code result<option<ip-address>, error-code>}. */
    OPTIONAL_ADDRESS(22, 2, 2),
    /** {@code result<_, stream-error>}: a stream-error holds a handle. */
    NOTHING_OR_STREAM_ERROR(12, 4, 4),
    /** {@code result<…, error-code>} of 0.3, whose last case has a string, with a value of up to 16 bytes aligned to 4. */
    SMALL_OR_ERROR_03(20, 4, 4),
    /** {@code result<u64, error-code>} of 0.3. */
    U64_OR_ERROR_03(24, 8, 8),
    /** {@code result<tuple<list<u8>, ip-socket-address>, error-code>} of 0.3. */
    RECEIVED_OR_ERROR_03(44, 4, 4);

    final int size;
    final int alignment;

    /** The offset of the value or the error. */
    final int payload;

    ResultLayout(int size, int alignment, int payload) {
        this.size = size;
        this.alignment = alignment;
        this.payload = payload;
    }
}
