// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp;

/** No provider of sockets can be used, or not the one that was named. The message says why and what to do. */
public final class ProviderNotFoundException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /**
     * A failed choice.
     *
     * @param message what was looked for, what was found, and what to do
     */
    public ProviderNotFoundException(String message) {
        super(message);
    }
}
