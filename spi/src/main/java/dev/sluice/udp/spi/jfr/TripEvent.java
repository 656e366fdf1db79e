// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi.jfr;

import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** One call of the transport, with how long it took. Off unless it is asked for: there is one per system call. */
@Name("dev.sluice.udp.Trip")
@Label("Trip")
@Description("Datagrams that were handed to the kernel, or taken from it, together")
@Enabled(false)
public final class TripEvent extends SocketEvent {
    private static final TripEvent SAMPLE = new TripEvent();

    @Label("Direction")
    @Description("send or receive")
    String direction;

    @Label("Datagrams")
    @Description("0 if the send buffer was full, or nothing had arrived")
    int datagrams;

    @Label("Bytes")
    @DataAmount
    long bytes;

    private TripEvent() {}

    /** An event that has begun, or null while none is recorded. */
    static TripEvent begun() {
        if (!SAMPLE.isEnabled()) {
            return null;
        }
        TripEvent event = new TripEvent();
        event.begin();
        return event;
    }

    /**
     * The datagrams were handed over.
     *
     * @param source the socket
     * @param count how many
     * @param payload their bytes
     */
    public void sent(EventSource source, int count, long payload) {
        ended("send", source, count, payload);
    }

    /**
     * The datagrams were taken.
     *
     * @param source the socket
     * @param count how many
     * @param payload their bytes
     */
    public void received(EventSource source, int count, long payload) {
        ended("receive", source, count, payload);
    }

    private void ended(String way, EventSource source, int count, long payload) {
        end();
        if (shouldCommit()) {
            direction = way;
            datagrams = count;
            bytes = payload;
            record(source);
        }
    }
}
