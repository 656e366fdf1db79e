// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.ffm;

import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.spi.DatagramTransport;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** What the sockets of one provider share. Its class needs Java 22, and is named here alone. */
interface Backend {
    /** A backend, which opens nothing and starts nothing yet. */
    static Backend load() {
        try {
            Class<?> type = Class.forName("dev.sluice.udp.ffm.FfmSockets");
            return (Backend) type.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("dev.sluice.udp.ffm.FfmSockets", e);
        }
    }

    /** Why it can't work on this machine; empty if all that it will call has been called and worked (V2a). */
    Optional<Obstacle> obstacle();

    /** Whether the kernel segments what is sent. Asked only while there is no obstacle, as is all that follows. */
    boolean canSegment();

    /** Whether the kernel hands over coalesced what was sent so. */
    boolean canCoalesce();

    /** Whether datagrams tell their paths, and can be sent with one. */
    boolean hasPaths();

    DatagramTransport open(IpAddressFamily family) throws IOException;

    /** How long the thread that waits stays without a socket to wait for. */
    void setIdle(Duration idle);

    /** Ends the thread that waits. */
    void stop();
}
