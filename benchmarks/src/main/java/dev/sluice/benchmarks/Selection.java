// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which comparisons to run: those that have a target, and what the chart shows; or everything. */
final class Selection {
    static final String GROWTH = "growth";
    static final String CHART = "all contenders";
    private static final int[] PAYLOADS = {64, 1200};

    private final Map<String, Comparison> comparisons = new LinkedHashMap<>();

    private Selection() {}

    static List<Comparison> quick() {
        Selection selection = new Selection();
        selection.segmentsOnLoopback();
        selection.segmentsOnLink();
        selection.mixedLists();
        selection.nioLists();
        selection.single();
        if (Kind.hasFfm()) {
            selection.ffm();
        }
        selection.limits();
        selection.chart();
        ReceiveSelection.all().forEach(selection::add);
        return new ArrayList<>(selection.comparisons.values());
    }

    /** How the cost of a datagram grows: each of ours in units of {@code DatagramChannel.send}. */
    static List<Comparison> growth() {
        Selection selection = new Selection();
        for (Kind ours : new Kind[] {Kind.EPOLL_LIST, Kind.EPOLL_BATCH, Kind.NIO_LIST}) {
            for (int list : new int[] {1, 4, 16, 64, 256, 1024}) {
                selection.one(GROWTH + " with the list", ours, Kind.CHANNEL, Place.VETH, list, 1200, false, Double.NaN);
            }
            for (int payload : new int[] {1, 64, 512, 1200, 1472}) {
                selection.one(
                        GROWTH + " with the payload", ours, Kind.CHANNEL, Place.VETH, 64, payload, false, Double.NaN);
            }
            for (int destinations : new int[] {1, 2, 16, 64}) {
                selection.add(new Comparison(
                        GROWTH + " with destinations, which alternate",
                        ours,
                        Kind.CHANNEL,
                        Place.VETH,
                        64,
                        "512",
                        destinations,
                        false,
                        Double.NaN));
            }
        }
        return new ArrayList<>(selection.comparisons.values());
    }

    static List<Comparison> full() {
        Selection selection = new Selection();
        quick().forEach(selection::add);
        growth().forEach(selection::add);
        for (Place place : new Place[] {Place.LOOPBACK, Place.READER, Place.VETH}) {
            for (int payload : new int[] {64, 512, 1200}) {
                for (int list : new int[] {1, 16, 64, 1024}) {
                    selection.everything(place, list, payload);
                }
            }
        }
        return new ArrayList<>(selection.comparisons.values());
    }

    private void segmentsOnLoopback() {
        String topic = "epoll, list, loopback";
        for (Place place : new Place[] {Place.LOOPBACK, Place.READER}) {
            for (int payload : PAYLOADS) {
                one(topic, Kind.EPOLL_LIST, Kind.C_COPY, place, 64, payload, false, 0.90);
                one(topic, Kind.EPOLL_LIST, Kind.C_COPY, place, 64, payload, true, 0.90);
                one(topic, Kind.EPOLL_LIST, Kind.CHANNEL, place, 64, payload, false, 5);
                one(topic, Kind.EPOLL_LIST, Kind.NETTY_SEGMENTED, place, 64, payload, false, 1.1);
            }
        }
    }

    private void segmentsOnLink() {
        for (int payload : PAYLOADS) {
            for (int list : new int[] {64, 128}) {
                String topic = "epoll, list, veth";
                one(topic, Kind.EPOLL_LIST, Kind.C_COPY, Place.VETH, list, payload, false, 0.85);
                one(topic, Kind.EPOLL_LIST, Kind.C_COPY, Place.VETH, list, payload, true, 0.85);
                one(topic, Kind.EPOLL_LIST, Kind.CHANNEL, Place.VETH, list, payload, false, 20);
            }
            String topic = "epoll, batch, veth";
            one(topic, Kind.EPOLL_BATCH, Kind.C_CONTIGUOUS, Place.VETH, 64, payload, false, 0.90);
            one(topic, Kind.EPOLL_BATCH, Kind.C_CONTIGUOUS, Place.VETH, 64, payload, true, 0.90);
            one(topic, Kind.EPOLL_BATCH, Kind.CHANNEL_DIRECT, Place.VETH, 64, payload, false, 30);
        }
    }

    private void mixedLists() {
        String topic = "alternating";
        for (Kind ours : new Kind[] {Kind.EPOLL_LIST, Kind.NIO_LIST}) {
            Kind theirs = ours.isEpoll() ? Kind.LINUX_SOCKET : Kind.CHANNEL;
            add(new Comparison(topic, ours, theirs, Place.LOOPBACK, 64, "64", 2, false, 0.95));
            add(new Comparison(topic, ours, theirs, Place.LOOPBACK, 64, "1200", 2, false, 0.95));
            add(new Comparison(topic, ours, theirs, Place.LOOPBACK, 64, "64 / 1200", 1, false, 0.95));
            add(new Comparison(topic, ours, theirs, Place.LOOPBACK, 64, "64 / 1200", 1, true, 0.95));
        }
    }

    private void nioLists() {
        String topic = "nio, list";
        for (int payload : PAYLOADS) {
            one(topic, Kind.NIO_LIST, Kind.CHANNEL, Place.LOOPBACK, 64, payload, false, 0.95);
            one(topic, Kind.NIO_LIST, Kind.CHANNEL, Place.LOOPBACK, 64, payload, true, 0.95);
            one(topic, Kind.NIO_BATCH, Kind.CHANNEL_DIRECT, Place.LOOPBACK, 64, payload, true, 0.95);
            one(topic, Kind.NIO_LIST, Kind.CHANNEL, Place.VETH, 64, payload, false, 0.95);
        }
    }

    private void single() {
        for (Kind ours : new Kind[] {Kind.EPOLL_LIST, Kind.NIO_LIST}) {
            for (int payload : PAYLOADS) {
                one("one datagram", ours, Kind.CHANNEL, Place.LOOPBACK, 1, payload, false, 0.95);
            }
            one("one datagram", ours, Kind.CHANNEL, Place.LOOPBACK, 1, 64, true, 0.95);
        }
    }

    private void ffm() {
        for (int payload : PAYLOADS) {
            for (boolean connected : new boolean[] {true, false}) {
                one("ffm, sending", Kind.FFM_BATCH, Kind.EPOLL_BATCH, Place.VETH, 64, payload, connected, 0.97);
                one("ffm, sending", Kind.FFM_LIST, Kind.EPOLL_LIST, Place.VETH, 64, payload, connected, 0.97);
            }
        }
        for (Place place : new Place[] {Place.LOOPBACK, Place.READER, Place.VETH}) {
            String mixed = "64 / 1200";
            add(new Comparison("ffm, sending", Kind.FFM_LIST, Kind.EPOLL_LIST, place, 64, mixed, 1, false, 1.3));
            String limit = "the limit of mixed sizes: one system call for all, in C";
            add(new Comparison(limit, Kind.C_MANY, Kind.C_LOOP, place, 64, mixed, 1, false, Double.NaN));
        }
    }

    /** What contenders reach that add nothing to the system call, where a target says little about Sluice. */
    private void limits() {
        String sending = "the limit of sending: C against the same contender";
        one(sending, Kind.C_COPY, Kind.CHANNEL, Place.VETH, 64, 1200, false, Double.NaN);
        one(sending, Kind.C_COPY, Kind.CHANNEL, Place.VETH, 128, 1200, false, Double.NaN);
        one(sending, Kind.C_CONTIGUOUS, Kind.CHANNEL_DIRECT, Place.VETH, 64, 1200, false, Double.NaN);
        one(sending, Kind.C_COPY, Kind.CHANNEL, Place.READER, 64, 1200, false, Double.NaN);
        for (int payload : PAYLOADS) {
            String single = "the limit of one datagram: Netty's call, and what is around it";
            one(single, Kind.LINUX_SOCKET, Kind.CHANNEL, Place.LOOPBACK, 1, payload, false, Double.NaN);
            one(single, Kind.EPOLL_BATCH, Kind.LINUX_SOCKET, Place.LOOPBACK, 1, payload, false, Double.NaN);
            one(single, Kind.EPOLL_LIST, Kind.LINUX_SOCKET, Place.LOOPBACK, 1, payload, false, Double.NaN);
        }
        for (int payload : PAYLOADS) {
            String copying = "the limit of a list: copying separate buffers, and sending nothing";
            one(copying, Kind.BATCH_FILL, Kind.C_GATHER, Place.LOOPBACK, 64, payload, true, Double.NaN);
        }
    }

    /** All contenders in units of {@code DatagramChannel.send}, for the chart. */
    private void chart() {
        for (Place place : new Place[] {Place.LOOPBACK, Place.VETH}) {
            for (Kind kind : new Kind[] {
                Kind.EPOLL_BATCH,
                Kind.EPOLL_LIST,
                Kind.FFM_BATCH,
                Kind.FFM_LIST,
                Kind.C_CONTIGUOUS,
                Kind.C_COPY,
                Kind.NETTY_SEGMENTED,
                Kind.NIO_LIST,
                Kind.C_LOOP,
                Kind.NETTY,
                Kind.VERTX
            }) {
                if (!kind.isFfm() || Kind.hasFfm()) {
                    one(CHART, kind, Kind.CHANNEL, place, 64, 1200, false, Double.NaN);
                }
            }
        }
    }

    /** Each of ours with each of theirs that it can be compared with. */
    private void everything(Place place, int list, int payload) {
        String topic = "all, " + payload + " B";
        for (boolean connected : new boolean[] {false, true}) {
            Kind[] theirs = connected
                    ? new Kind[] {Kind.C_LOOP, Kind.C_COPY, Kind.C_CONTIGUOUS, Kind.CHANNEL}
                    : new Kind[] {
                        Kind.C_LOOP,
                        Kind.C_COPY,
                        Kind.C_CONTIGUOUS,
                        Kind.CHANNEL,
                        Kind.NETTY,
                        Kind.NETTY_SEGMENTED,
                        Kind.VERTX
                    };
            for (Kind their : theirs) {
                one(topic, Kind.EPOLL_LIST, their, place, list, payload, connected, Double.NaN);
                one(topic, Kind.EPOLL_BATCH, their, place, list, payload, connected, Double.NaN);
            }
            one(topic, Kind.NIO_LIST, Kind.CHANNEL, place, list, payload, connected, Double.NaN);
            one(topic, Kind.NIO_BATCH, Kind.CHANNEL, place, list, payload, connected, Double.NaN);
        }
        if (list > 1) {
            add(new Comparison(
                    topic, Kind.EPOLL_LIST, Kind.LINUX_SOCKET, place, list, "" + payload, 2, false, Double.NaN));
            add(new Comparison(topic, Kind.NIO_LIST, Kind.CHANNEL, place, list, "" + payload, 2, false, Double.NaN));
        }
    }

    private void one(
            String topic, Kind ours, Kind theirs, Place place, int list, int size, boolean connected, double target) {
        add(new Comparison(topic, ours, theirs, place, list, String.valueOf(size), 1, connected, target));
    }

    /** Each one once: the one with a target goes first. */
    private void add(Comparison comparison) {
        comparisons.putIfAbsent(comparison.id(), comparison);
    }
}
