// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp;

import java.util.Objects;

/**
 * A provider that is installed but can't be used, and why. {@link UdpSockets#unavailable()} lists them; in OSGi, where
 * an unavailable provider registers no {@link UdpSocketProvider} ({@link Rule#V2 V2}), it registers one of these
 * instead.
 *
 * @param name the provider's name, or its class name if it could not even be loaded
 * @param reason one line for a person to read
 */
public record UnavailableProvider(String name, String reason) {

    /**
     * An unavailable provider.
     *
     * @param name the provider's name
     * @param reason why it is unavailable
     * @throws NullPointerException if one of the two is null
     */
    public UnavailableProvider {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(reason, "reason");
    }
}
