// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.sockets;

import dev.sluice.endive.abi.Resource;
import dev.sluice.udp.Network;

/** {@code network} of {@code wasi:sockets/network}. */
record NetworkResource(Network network) implements Resource {}
