// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** An error that a call threw. */
@Name("dev.sluice.udp.SocketError")
@Label("Socket Error")
@Description("An error that a call on a socket threw")
final class SocketErrorEvent extends SocketEvent {
    static final SocketErrorEvent SAMPLE = new SocketErrorEvent();

    @Label("Operation")
    String operation;

    @Label("Error Code")
    String code;

    @Label("Error Number")
    @Description("Linux's, or 0 if it isn't known")
    int errno;

    @Label("Earlier Datagram")
    @Description("Whether it is about a datagram that had been sent before")
    boolean earlier;

    @Label("Message")
    String message;
}
