// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** The remote end of the provider under test. Its waits are bounded, and it throws no checked exception. */
public interface Peer extends AutoCloseable {

    /**
     * One datagram as it arrived.
     *
     * @param payload its bytes
     * @param source where it came from
     */
    record Received(byte[] payload, InetSocketAddress source) {
        /**
         * The payload as text.
         *
         * @return one character per byte
         */
        public String text() {
            return new String(payload, StandardCharsets.ISO_8859_1);
        }
    }

    /**
     * Where it is bound.
     *
     * @return a loopback address
     */
    InetSocketAddress address();

    /**
     * Sends a datagram.
     *
     * @param to where to
     * @param payload its bytes, which may be none
     */
    void send(InetSocketAddress to, byte[] payload);

    /**
     * Waits for a datagram.
     *
     * @return the next one
     * @throws AssertionError if none comes within a generous time
     */
    Received receive();

    @Override
    void close();

    /**
     * Sends a datagram with text.
     *
     * @param to where to
     * @param text one byte per character
     */
    default void send(InetSocketAddress to, String text) {
        send(to, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /**
     * Everything that has arrived, in order: sends itself a mark and reads up to it. What was sent earlier on the same
     * machine has arrived before the mark.
     *
     * @return the datagrams
     */
    default List<Received> everything() {
        byte[] mark = ("mark " + UUID.randomUUID()).getBytes(StandardCharsets.ISO_8859_1);
        send(address(), mark);
        List<Received> all = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            Received next = receive();
            if (Arrays.equals(mark, next.payload())) {
                return all;
            }
            all.add(next);
        }
        throw new AssertionError("the mark did not arrive; the receiver's buffer may have overflowed");
    }

    /**
     * The texts of {@link #everything}.
     *
     * @return one text for each datagram
     */
    default List<String> texts() {
        return everything().stream().map(Received::text).toList();
    }
}
