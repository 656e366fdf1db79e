// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.ffm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/**
 * What one sender has sent, of which some may be missing. A datagram that arrives can be one that may be missing or a later
 * one with the same bytes, an empty one most of all: so all places are remembered at which the receiver can be.
 */
final class Expected {
    private static final class Sent {
        final byte[] payload;
        boolean mayBeMissing;

        Sent(byte[] payload) {
            this.payload = payload;
        }
    }

    private final List<Sent> sent = new ArrayList<>();

    /** How many of the list may have been passed. */
    private TreeSet<Integer> places = new TreeSet<>(List.of(0));

    void add(byte[] payload) {
        sent.add(new Sent(payload));
    }

    /** Those that were sent and have not arrived need not do so any more. */
    void mayBeMissing() {
        sent.subList(places.first(), sent.size()).forEach(one -> one.mayBeMissing = true);
    }

    /** Takes what has arrived; says whether that can be. */
    boolean arrived(byte[] payload) {
        TreeSet<Integer> next = new TreeSet<>();
        for (int place : places) {
            for (int i = place; i < sent.size(); i++) {
                if (Arrays.equals(sent.get(i).payload, payload)) {
                    next.add(i + 1);
                }
                if (!sent.get(i).mayBeMissing) {
                    break;
                }
            }
        }
        places = next;
        return !places.isEmpty();
    }

    /** Whether nothing more has to arrive. */
    boolean isComplete() {
        return sent.subList(places.last(), sent.size()).stream().allMatch(one -> one.mayBeMissing);
    }

    /** What those take that have not arrived, by what each takes. */
    int underWay(ToIntFunction<byte[]> charge) {
        return sent.subList(places.first(), sent.size()).stream()
                .mapToInt(one -> charge.applyAsInt(one.payload))
                .sum();
    }

    @Override
    public String toString() {
        return sent.size() + " sent, arrived up to one of " + places;
    }
}
