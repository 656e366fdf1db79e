// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.io;

import dev.sluice.endive.abi.Resource;
import dev.sluice.udp.Pollable;

/** {@code pollable} of {@code wasi:io/poll}. */
public record PollableResource(Pollable pollable) implements Resource {}
