// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi.jfr;

import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.SocketStatistics;

/**
 * Tells Flight Recorder what happens. While nothing is recorded each method is one test of a flag, and allocates nothing;
 * no address is turned into text then.
 */
public final class Events {
    private static final boolean PRESENT = isPresent();

    private Events() {}

    /** The module is missing from small runtime images, and optional in OSGi. */
    private static boolean isPresent() {
        try {
            Class.forName("jdk.jfr.Event", false, Events.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException missing) {
            return false;
        }
    }

    /**
     * A call of the transport begins.
     *
     * @return to be told of its end; null while nothing is recorded
     */
    public static TripEvent trip() {
        return PRESENT ? TripEvent.begun() : null;
    }

    /**
     * A send met a full buffer.
     *
     * @param source the socket
     */
    public static void gateClosed(EventSource source) {
        if (PRESENT && GateClosedEvent.SAMPLE.isEnabled()) {
            new GateClosedEvent().record(source);
        }
    }

    /**
     * The kernel reported the socket writable.
     *
     * @param source the socket
     */
    public static void gateOpened(EventSource source) {
        if (PRESENT && GateOpenedEvent.SAMPLE.isEnabled()) {
            new GateOpenedEvent().record(source);
        }
    }

    /**
     * Segmentation was refused.
     *
     * @param source the socket
     * @param errno how
     * @param largestSegment what still leaves by offload, in bytes; 0 if nothing does
     */
    public static void offloadSwitchedOff(EventSource source, int errno, int largestSegment) {
        if (PRESENT && OffloadRefusedEvent.SAMPLE.isEnabled()) {
            OffloadRefusedEvent event = new OffloadRefusedEvent();
            event.errno = errno;
            event.largestSegment = largestSegment;
            event.record(source);
        }
    }

    /**
     * A call is about to throw.
     *
     * @param source the socket; null if there is none yet
     * @param operation what was being done, as messages have it
     * @param error the error
     * @return the error
     */
    public static SocketErrorException error(EventSource source, String operation, SocketErrorException error) {
        if (PRESENT && SocketErrorEvent.SAMPLE.isEnabled()) {
            SocketErrorEvent event = new SocketErrorEvent();
            event.operation = operation;
            event.code = error.errorCode().name();
            event.errno = error.errno().orElse(0);
            event.earlier = error.concernsEarlierDatagram();
            event.message = error.getMessage();
            event.record(source);
        }
        return error;
    }

    /**
     * A socket was created.
     *
     * @param source the socket
     * @param provider the provider's name
     * @param family its family
     */
    public static void opened(EventSource source, String provider, IpAddressFamily family) {
        if (PRESENT && SocketOpenedEvent.SAMPLE.isEnabled()) {
            SocketOpenedEvent event = new SocketOpenedEvent();
            event.provider = provider;
            event.family = family.name();
            event.record(source);
        }
    }

    /**
     * Whether {@link #closed} is recorded: its arguments cost something.
     *
     * @return true if it is
     */
    public static boolean recordsClosed() {
        return PRESENT && SocketClosedEvent.SAMPLE.isEnabled();
    }

    /**
     * A socket was closed.
     *
     * @param source the socket
     * @param totals its ledger
     */
    public static void closed(EventSource source, SocketStatistics totals) {
        SocketClosedEvent event = new SocketClosedEvent();
        event.datagramsSent = totals.datagramsSent();
        event.bytesSent = totals.bytesSent();
        event.datagramsReceived = totals.datagramsReceived();
        event.bytesReceived = totals.bytesReceived();
        event.droppedByKernel = totals.droppedByKernel().orElse(-1);
        event.record(source);
    }
}
