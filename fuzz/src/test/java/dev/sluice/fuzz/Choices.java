// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.fuzz;

/** Reads an input byte by byte as choices; at its end every choice is the first. */
final class Choices {
    private final byte[] input;
    private int next;

    Choices(byte[] input) {
        this.input = input;
    }

    boolean areLeft() {
        return next < input.length;
    }

    /** 0 to 255. */
    int octet() {
        return next < input.length ? input[next++] & 0xff : 0;
    }

    /** 0 to one less than a number that is at most 256. */
    int below(int bound) {
        return octet() % bound;
    }

    boolean yes() {
        return (octet() & 1) != 0;
    }

    <T> T of(T[] all) {
        return all[below(all.length)];
    }

    long number(int octets) {
        long number = 0;
        for (int i = 0; i < octets; i++) {
            number = number << 8 | octet();
        }
        return number;
    }
}
