// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi.jfr;

import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** Segmentation offload is used less than before, or no more. */
@Name("dev.sluice.udp.OffloadSwitchedOff")
@Label("Offload Switched Off")
@Description("Segmentation was refused, and is not tried again for such datagrams until the peer changes")
final class OffloadRefusedEvent extends SocketEvent {
    static final OffloadRefusedEvent SAMPLE = new OffloadRefusedEvent();

    @Label("Error Number")
    int errno;

    @Label("Largest Segment")
    @Description("The largest datagrams that still leave by offload; 0 if none do")
    @DataAmount
    int largestSegment;
}
