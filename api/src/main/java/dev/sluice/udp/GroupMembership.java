// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A socket's membership in a multicast group, on one interface ({@link Rule#O2 O2}). It ends with {@link #close}, and with
 * the socket.
 *
 * <p>All methods are safe to call from any thread, and none blocks.
 */
@ProviderType
public interface GroupMembership extends AutoCloseable {

    /**
     * The group.
     *
     * @return its address
     */
    InetAddress group();

    /**
     * The interface on which the group was joined.
     *
     * @return the interface
     */
    NetworkInterface networkInterface();

    /**
     * The one source that is heard.
     *
     * @return its address; empty if any source is
     */
    Optional<InetAddress> source();

    /** Leaves the group: nothing that is sent to it from now on arrives because of this membership. Idempotent. */
    @Override
    void close();
}
