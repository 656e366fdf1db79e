// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Where the datagrams are sent: to C processes that read or don't, or to a neighbour whose link drops everything. */
final class Destinations implements AutoCloseable {
    private static final int DISCARD = 9; // RFC 863

    static final InetAddress LOOPBACK = address(127, 0, 0, 1);

    /** The link's ends, and a host behind it that isn't there. {@code benchmarks/compare} makes them. */
    static final InetAddress NEAR = address(192, 0, 2, 1);

    static final InetAddress NEIGHBOUR = address(192, 0, 2, 2);
    static final InetAddress FAR = address(192, 0, 2, 3);

    private final Path program;
    private final boolean linked;
    private final List<Process> processes = new ArrayList<>();
    private final Map<Place, List<InetSocketAddress>> known = new EnumMap<>(Place.class);

    /** With a neighbour behind a veth link, if there is a link. */
    Destinations(Path program, boolean linked) {
        this.program = program;
        this.linked = linked;
    }

    boolean has(Place place) {
        return linked || !place.link;
    }

    private static InetAddress address(int... bytes) {
        try {
            return InetAddress.getByAddress(
                    new byte[] {(byte) bytes[0], (byte) bytes[1], (byte) bytes[2], (byte) bytes[3]});
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Where to send; for receivers where they are. */
    List<InetSocketAddress> of(Place place, int count) throws IOException {
        if (place.receiving) {
            return List.of(new InetSocketAddress(place.link ? NEAR : LOOPBACK, 0));
        }
        List<InetSocketAddress> addresses = known.computeIfAbsent(place, p -> new ArrayList<>());
        while (addresses.size() < count) {
            addresses.add(
                    place == Place.VETH
                            ? new InetSocketAddress(NEIGHBOUR, DISCARD + addresses.size())
                            : new InetSocketAddress(LOOPBACK, start(place)));
        }
        return List.copyOf(addresses.subList(0, count));
    }

    private int start(Place place) throws IOException {
        Process process = new ProcessBuilder(program.toString(), place == Place.READER ? "reader" : "sink")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        processes.add(process);
        return Integer.parseInt(process.inputReader().readLine());
    }

    @Override
    public void close() throws IOException {
        for (Process process : processes) {
            process.getOutputStream().close();
            process.destroy();
        }
    }
}
