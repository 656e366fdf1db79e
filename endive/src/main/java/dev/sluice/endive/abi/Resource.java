// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.abi;

/** The host's object behind a handle of the guest. An implementation is named after its WIT resource. */
public interface Resource {
    /** Frees what the resource holds. Called once, when the guest drops the handle. */
    default void close() {}
}
