// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.soak;

/** The two links to the peer's namespace, each a veth pair. */
enum Link {
    /** Nothing happens to it: what is counted over it is counted exactly. */
    STEADY,

    /** It goes down and up, and its MTU changes. */
    UNRULY;

    int number() {
        return ordinal() + 1;
    }

    String here() {
        return "here" + number();
    }

    String there() {
        return "there" + number();
    }
}
