// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.netlab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSockets;
import java.net.SocketOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** README's table of options says what {@code supportedOptions} does (O1). */
class OptionsTableTest {
    private static final String HEADER = "| option | nio | epoll | ffm |";
    private static final List<String> COLUMNS = List.of("nio", "epoll", "ffm");

    /** What a cell says: the families that have the option on this Java. */
    private static final Map<String, Set<Family>> CELLS = Map.of(
            "yes", Set.of(Family.values()),
            "IPv4", Set.of(Family.IPV4),
            "no", Set.of(),
            "Java 19", Runtime.version().feature() >= 19 ? Set.of(Family.values()) : Set.of());

    @ParameterizedTest
    @MethodSource("dev.sluice.netlab.Settings#providers")
    void O1_theTableIsTrue(String provider) throws Exception {
        Map<String, Set<Family>> expected = new TreeMap<>();
        for (Family family : Family.values()) {
            try (UdpSocket socket = UdpSockets.provider(provider).createSocket(family.address)) {
                for (SocketOption<?> option : socket.supportedOptions()) {
                    expected.computeIfAbsent(option.name(), name -> new HashSet<>())
                            .add(family);
                }
            }
        }
        Map<String, Set<Family>> table = new TreeMap<>();
        for (String[] row : rows()) {
            String cell = row[2 + COLUMNS.indexOf(provider)];
            Set<Family> families = CELLS.get(cell);
            assertTrue(families != null, () -> "unknown cell " + cell);
            if (!families.isEmpty()) {
                table.put(row[1].replace("`", ""), families);
            }
        }
        assertEquals(expected, table);
    }

    private static List<String[]> rows() throws Exception {
        List<String> lines = Files.readAllLines(Path.of("..", "README.md"));
        int header = lines.indexOf(HEADER);
        assertTrue(header >= 0, () -> "README.md has a table " + HEADER);
        return lines.subList(header + 2, lines.size()).stream()
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> line.strip().split("\\s*\\|\\s*"))
                .toList();
    }
}
