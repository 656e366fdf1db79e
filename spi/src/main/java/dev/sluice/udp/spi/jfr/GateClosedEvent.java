// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** A send met a full buffer. */
@Name("dev.sluice.udp.GateClosed")
@Label("Gate Closed")
@Description("A send met a full buffer: checkSend answers 0 until the kernel reports the socket writable")
final class GateClosedEvent extends SocketEvent {
    static final GateClosedEvent SAMPLE = new GateClosedEvent();
}
