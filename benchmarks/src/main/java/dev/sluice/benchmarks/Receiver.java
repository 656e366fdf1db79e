// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.io.Closeable;
import java.net.InetSocketAddress;

/** A bound socket that datagrams are sent to. */
interface Receiver extends Closeable {
    InetSocketAddress address() throws Exception;

    /** Makes the sender its peer, before anything was sent. */
    void connect(InetSocketAddress source) throws Exception;

    /** Takes so many, which were sent, and returns the nanoseconds that it took. */
    long take(int datagrams) throws Exception;
}
