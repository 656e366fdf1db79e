// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.async;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.udp.ErrorCode;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** W2: the codes are those of the WIT, and each of 0.2 has one. */
class AsyncErrorCodeTest {
    @Test
    void W2_theCasesOfTheVariantInOrder() {
        assertEquals(
                "access-denied not-supported invalid-argument out-of-memory timeout invalid-state address-not-bindable"
                        + " address-in-use remote-unreachable connection-refused connection-broken connection-reset"
                        + " connection-aborted datagram-too-large other",
                Arrays.stream(AsyncErrorCode.values())
                        .map(AsyncErrorCode::witName)
                        .collect(Collectors.joining(" ")));
        for (AsyncErrorCode code : AsyncErrorCode.values()) {
            assertEquals(code.ordinal(), code.number());
        }
    }

    @Test
    void W2_eachOfTheFormerHasOneOfItsNameOrOther() {
        for (ErrorCode code : ErrorCode.values()) {
            AsyncErrorCode expected = Arrays.stream(AsyncErrorCode.values())
                    .filter(candidate -> candidate.name().equals(code.name()))
                    .findFirst()
                    .orElse(AsyncErrorCode.OTHER);
            assertEquals(expected, AsyncErrorCode.of(code));
        }
    }
}
