// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.sockets;

import dev.sluice.endive.abi.Resource;
import dev.sluice.udp.IncomingDatagramStream;

/** {@code incoming-datagram-stream} of {@code wasi:sockets/udp}. */
record IncomingDatagramStreamResource(IncomingDatagramStream stream) implements Resource {}
