// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi.jfr;

import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A socket was closed, with its ledger. */
@Name("dev.sluice.udp.SocketClosed")
@Label("Socket Closed")
@Description("A socket was closed, be it by a call, with its provider, or because nothing held it any more")
@StackTrace(true)
final class SocketClosedEvent extends SocketEvent {
    static final SocketClosedEvent SAMPLE = new SocketClosedEvent();

    @Label("Datagrams Sent")
    long datagramsSent;

    @Label("Bytes Sent")
    @DataAmount
    long bytesSent;

    @Label("Datagrams Received")
    long datagramsReceived;

    @Label("Bytes Received")
    @DataAmount
    long bytesReceived;

    @Label("Datagrams Dropped By The Kernel")
    @Description("For want of buffer; -1 if the provider can't tell")
    long droppedByKernel;
}
