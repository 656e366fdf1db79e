// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi.jfr;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.StackTrace;

/** What all events have: the socket that they are about. */
@Category({"Sluice", "UDP"})
@StackTrace(false)
abstract class SocketEvent extends Event {
    @Label("Socket")
    long socket;

    @Label("Local Address")
    String local;

    @Label("Peer")
    String peer;

    final void isAbout(EventSource source) {
        if (source != null) {
            socket = source.socketNumber();
            local = source.localText();
            peer = source.peerText();
        }
    }

    /** Ends and commits it. */
    final void record(EventSource source) {
        isAbout(source);
        commit();
    }
}
