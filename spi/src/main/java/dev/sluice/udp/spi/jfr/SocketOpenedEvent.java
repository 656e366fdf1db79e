// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A socket was created. */
@Name("dev.sluice.udp.SocketOpened")
@Label("Socket Opened")
@Description("A socket was created; it is not bound yet")
@StackTrace(true)
final class SocketOpenedEvent extends SocketEvent {
    static final SocketOpenedEvent SAMPLE = new SocketOpenedEvent();

    @Label("Provider")
    String provider;

    @Label("Address Family")
    String family;
}
