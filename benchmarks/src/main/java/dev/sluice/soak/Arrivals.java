// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.soak;

import java.nio.ByteBuffer;
import java.util.BitSet;

/** What has arrived of a flow: each datagram once, undamaged, and none that doesn't belong to it. */
final class Arrivals {
    private final Flow flow;
    private final BitSet seen = new BitSet();
    private String problem;

    Arrivals(Flow flow) {
        this.flow = flow;
    }

    boolean isOf(Flow other) {
        return flow.equals(other);
    }

    /** Notes a datagram, from position to limit of the buffer. */
    void add(ByteBuffer datagram) {
        int number = flow.numberOf(datagram);
        if (number < 0) {
            complain("a datagram of " + datagram.remaining() + " bytes that is damaged or of another flow");
        } else if (seen.get(number)) {
            complain("datagram " + number + " twice");
        } else {
            seen.set(number);
        }
    }

    private void complain(String text) {
        if (problem == null) {
            problem = text;
        }
    }

    int count() {
        return seen.cardinality();
    }

    /** How many numbers there must at least have been. */
    int end() {
        return seen.length();
    }

    /** What was wrong first; null if nothing was. */
    String problem() {
        return problem;
    }
}
