// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.ffm;

import dev.sluice.udp.ErrorCode;

/**
 * Why the provider can't be used.
 *
 * @param reason one line
 * @param code what creating a socket answers
 */
record Obstacle(String reason, ErrorCode code) {
    /** One that stays. */
    static Obstacle lasting(String reason) {
        return new Obstacle(reason, ErrorCode.NOT_SUPPORTED);
    }
}
