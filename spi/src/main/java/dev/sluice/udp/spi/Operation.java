// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.Rule;

/**
 * What was being done when the system reported an error: some errors mean different things then ({@link Rule#E9 E9}).
 */
public enum Operation {
    /** A socket was being created. */
    CREATE("create", true),
    /** A socket was being bound. */
    BIND("bind", true),
    /** A peer was being set or dropped. */
    CONNECT("connect", true),
    /** A datagram was being sent. */
    SEND("send", false),
    /** A datagram was being received. */
    RECEIVE("receive", false),
    /** An option was being read or set. */
    OPTION("option", true),
    /** A thread was about to wait for a socket. */
    WAIT("wait", true);

    private final String label;
    private final boolean stackTrace;

    Operation(String label, boolean stackTrace) {
        this.label = label;
        this.stackTrace = stackTrace;
    }

    /** For messages. */
    String label() {
        return label;
    }

    /** Whether its errors record where they happened: those of sending and receiving are normal traffic. */
    boolean stackTrace() {
        return stackTrace;
    }
}
