package dev.sluice.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Where the datagrams are sent: to C processes that read or don't, or to a neighbour whose link drops everything. */
final class Destinations implements AutoCloseable {
    private static final int DISCARD = 9; // RFC 863

    private final Path program;
    private final InetAddress neighbour;
    private final List<Process> processes = new ArrayList<>();
    private final Map<Place, List<InetSocketAddress>> known = new EnumMap<>(Place.class);

    /** With a neighbour behind a veth link, or null where there is none. */
    Destinations(Path program, InetAddress neighbour) {
        this.program = program;
        this.neighbour = neighbour;
    }

    boolean has(Place place) {
        return place != Place.VETH || neighbour != null;
    }

    List<InetSocketAddress> of(Place place, int count) throws IOException {
        List<InetSocketAddress> addresses = known.computeIfAbsent(place, p -> new ArrayList<>());
        while (addresses.size() < count) {
            addresses.add(
                    place == Place.VETH
                            ? new InetSocketAddress(neighbour, DISCARD + addresses.size())
                            : new InetSocketAddress(InetAddress.getLoopbackAddress(), start(place)));
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
