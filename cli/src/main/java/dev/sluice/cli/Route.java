// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.SocketErrorException;
import java.net.InetSocketAddress;

/** Where a {@link Sender} sends, which may change between two datagrams. */
interface Route {
    OutgoingDatagramStream out();

    /** The address that each datagram has to carry; null if the stream has a peer. */
    InetSocketAddress datagramAddress();

    /** Changes the destination if there is a reason to. */
    default void update() {}

    /** Whether the next datagram, sent alone, decides if this destination stays. */
    default boolean isOnTrial() {
        return false;
    }

    /**
     * Ends the trial, when that datagram was sent.
     *
     * @return false if it was refused, and is to be sent to another destination
     */
    default boolean isAccepted() throws InterruptedException {
        return true;
    }

    /**
     * Ends the trial, when that datagram could not be sent.
     *
     * @return true if there is another destination, to which it is to be sent
     */
    default boolean isPassedOver(SocketErrorException reason) {
        return false;
    }

    /** To a stream's own peer. */
    static Route toPeer(OutgoingDatagramStream out) {
        return new Route() {
            @Override
            public OutgoingDatagramStream out() {
                return out;
            }

            @Override
            public InetSocketAddress datagramAddress() {
                return null;
            }
        };
    }
}
