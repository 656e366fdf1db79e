// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** Which comparisons of receivers to run. */
final class ReceiveSelection {
    static final String CHART = "all receivers";
    private static final int[] PAYLOADS = {64, 1200};
    private static final int LIST = 64;

    private final List<Comparison> comparisons = new ArrayList<>();

    private ReceiveSelection() {}

    static List<Comparison> all() {
        ReceiveSelection selection = new ReceiveSelection();
        selection.oneByOne();
        if (Kind.hasFfm()) {
            selection.ffm();
        }
        selection.lists();
        selection.limits();
        selection.chart();
        return selection.comparisons;
    }

    private void oneByOne() {
        for (int payload : PAYLOADS) {
            add("receive, peer", Kind.EPOLL_RECEIVE, Kind.CHANNEL_RECEIVE, Place.SINGLES, payload, true, 1.0);
            add("receive, peer", Kind.NIO_RECEIVE, Kind.CHANNEL_RECEIVE, Place.SINGLES, payload, true, 1.0);
            add("receive, no peer", Kind.NIO_RECEIVE, Kind.CHANNEL_RECEIVE, Place.SINGLES, payload, false, 0.95);
            add("receive, no peer", Kind.EPOLL_RECEIVE, Kind.CHANNEL_RECEIVE, Place.SINGLES, payload, false, 0.5);
        }
    }

    private void ffm() {
        Kind ours = Kind.FFM_RECEIVE;
        for (boolean connected : new boolean[] {true, false}) {
            for (int payload : PAYLOADS) {
                double trips = payload == 64 ? 20 : 8;
                double lists = payload == 64 ? 10 : 3;
                Kind arrays = Kind.CHANNEL_RECEIVE_ARRAYS;
                add("ffm, receive", ours, Kind.CHANNEL_RECEIVE, Place.SINGLES, payload, connected, 1.2);
                add("ffm, receive", ours, Kind.CHANNEL_RECEIVE, Place.TRIPS, payload, connected, trips);
                add("ffm, receive", ours, Kind.C_RECEIVE_GRO, Place.TRIPS, payload, connected, 0.85);
                add("ffm, receive a list", Kind.FFM_RECEIVE_LIST, arrays, Place.TRIPS, payload, connected, lists);
            }
        }
        String against = "ffm, receive, against C";
        String one = "ffm, one datagram a call: what is left is kept, and needs no system call";
        for (int payload : PAYLOADS) {
            add(against, ours, Kind.C_RECEIVE_GRO, Place.SINGLES, payload, false, Double.NaN);
            add(against, ours, Kind.C_RECEIVE_MANY, Place.SINGLES, payload, false, Double.NaN);
            add(one, Kind.FFM_RECEIVE_ONE, Kind.CHANNEL_RECEIVE, Place.SINGLES, payload, false, Double.NaN);
            add(one, Kind.FFM_RECEIVE_ONE, Kind.CHANNEL_RECEIVE, Place.TRIPS, payload, false, Double.NaN);
            for (Place place : new Place[] {Place.LINK_SINGLES, Place.LINK_TRIPS}) {
                add("ffm, receive, over a link", ours, Kind.CHANNEL_RECEIVE, place, payload, true, Double.NaN);
                add("ffm, receive, over a link", ours, Kind.C_RECEIVE_GRO, place, payload, true, Double.NaN);
            }
        }
    }

    private void lists() {
        String lists = "receive a list, against a batch and against DatagramChannel";
        for (int payload : PAYLOADS) {
            add(lists, Kind.NIO_RECEIVE_LIST, Kind.NIO_RECEIVE, Place.SINGLES, payload, true, Double.NaN);
            add(lists, Kind.EPOLL_RECEIVE_LIST, Kind.EPOLL_RECEIVE, Place.SINGLES, payload, true, Double.NaN);
            Kind arrays = Kind.CHANNEL_RECEIVE_ARRAYS;
            add(lists, Kind.NIO_RECEIVE_LIST, arrays, Place.SINGLES, payload, true, Double.NaN);
            add(lists, Kind.EPOLL_RECEIVE_LIST, arrays, Place.SINGLES, payload, true, Double.NaN);
        }
    }

    /** What contenders reach that add nothing to the system call, where a target says little about Sluice. */
    private void limits() {
        String receiving = "the limit of receiving: keeping what was received";
        Kind keeping = Kind.CHANNEL_RECEIVE_KEEPING;
        for (int payload : PAYLOADS) {
            add(receiving, keeping, Kind.CHANNEL_RECEIVE, Place.SINGLES, payload, true, Double.NaN);
            add(receiving, Kind.NIO_RECEIVE, keeping, Place.SINGLES, payload, true, Double.NaN);
            add(receiving, Kind.EPOLL_RECEIVE, keeping, Place.SINGLES, payload, true, Double.NaN);
        }
        String alone = "the limit of receiving: one datagram a call";
        for (Kind ours : new Kind[] {Kind.NIO_RECEIVE, Kind.EPOLL_RECEIVE}) {
            add(new Comparison(alone, ours, Kind.CHANNEL_RECEIVE, Place.SINGLES, 1, "64", 1, true, Double.NaN));
        }
    }

    /** All receivers in units of {@code DatagramChannel.receive}, for the chart. */
    private void chart() {
        for (Place place : new Place[] {Place.SINGLES, Place.TRIPS, Place.LINK_SINGLES, Place.LINK_TRIPS}) {
            for (Kind kind : Kind.values()) {
                if (kind.isChartedReceiver()) {
                    add(CHART, kind, Kind.CHANNEL_RECEIVE, place, 1200, false, Double.NaN);
                }
            }
        }
    }

    private void add(String topic, Kind ours, Kind theirs, Place place, int size, boolean connected, double target) {
        add(new Comparison(topic, ours, theirs, place, LIST, String.valueOf(size), 1, connected, target));
    }

    private void add(Comparison comparison) {
        comparisons.add(comparison);
    }
}
