// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.io;

import dev.sluice.endive.abi.Resource;

/** {@code error} of {@code wasi:io/error}. */
public record ErrorResource(String debugString, Throwable cause) implements Resource {}
