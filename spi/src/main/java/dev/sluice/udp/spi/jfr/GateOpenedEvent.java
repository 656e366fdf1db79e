// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** The socket is writable again. */
@Name("dev.sluice.udp.GateOpened")
@Label("Gate Opened")
@Description("The kernel reported a socket writable whose gate was closed")
final class GateOpenedEvent extends SocketEvent {
    static final GateOpenedEvent SAMPLE = new GateOpenedEvent();
}
