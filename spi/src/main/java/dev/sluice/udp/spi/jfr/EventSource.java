// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi.jfr;

/** The socket that an event is about. Asked only while such events are recorded. */
public interface EventSource {
    /**
     * Tells this socket from every other of this JVM.
     *
     * @return 1 for the first
     */
    long socketNumber();

    /**
     * Where it is bound.
     *
     * @return its address as text, or null
     */
    String localText();

    /**
     * The peer of its streams.
     *
     * @return its address as text, or null
     */
    String peerText();
}
