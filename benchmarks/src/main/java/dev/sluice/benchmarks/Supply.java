// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.io.Closeable;
import java.net.InetSocketAddress;

/** What sends to a receiver, off the clock. */
interface Supply extends Closeable {
    InetSocketAddress source() throws Exception;

    /** So many datagrams of the list. On loopback they have arrived when this returns. */
    void send(int datagrams) throws Exception;
}
