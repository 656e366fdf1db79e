// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the kernel counts in a namespace: {@code /proc/net/snmp} and {@code snmp6} for all sockets of a family,
 * {@code /proc/net/udp} and {@code udp6} for one.
 */
final class KernelCounters {
    private static final int LOCAL_ADDRESS = 1;

    private static final int INODE = 9;

    /** Name, eight counters of what was received, and of what was transmitted: bytes, packets, errors, drops. */
    private static final int TRANSMIT_DROPS = 12;

    private KernelCounters() {}

    /** The UDP counters of a family, by the names that snmp has for them: InDatagrams, NoPorts and so on. */
    static Map<String, Long> udp(Path net, Family family) {
        return counters(net, family, "Udp");
    }

    /** The ICMP counters of a family: OutErrors, say. */
    static Map<String, Long> icmp(Path net, Family family) {
        return counters(net, family, "Icmp");
    }

    private static Map<String, Long> counters(Path net, Family family, String protocol) {
        return family == Family.IPV4
                ? ofTable(lines(net.resolve("snmp")), protocol + ":")
                : ofList(lines(net.resolve("snmp6")), protocol + "6");
    }

    /** A line of names and one of values. */
    private static Map<String, Long> ofTable(List<String> lines, String title) {
        List<String> rows =
                lines.stream().filter(line -> line.startsWith(title + " ")).toList();
        String[] names = rows.get(0).split(" ");
        String[] values = rows.get(1).split(" ");
        Map<String, Long> counters = new HashMap<>();
        for (int i = 1; i < names.length; i++) {
            counters.put(names[i], Long.parseLong(values[i]));
        }
        return counters;
    }

    /** A line for each. */
    private static Map<String, Long> ofList(List<String> lines, String prefix) {
        Map<String, Long> counters = new HashMap<>();
        for (String line : lines) {
            if (line.startsWith(prefix)) {
                String[] words = line.substring(prefix.length()).split("\\s+");
                counters.put(words[0], Long.parseLong(words[1]));
            }
        }
        return counters;
    }

    /**
     * How many datagrams the sockets bound to a port have dropped for want of buffer: the last column. A socket may stand
     * there twice, since the kernel finds the place to read on by counting, and sockets come in between.
     */
    static long drops(Path net, Family family, int port) {
        String end = String.format(":%04X", port);
        Map<String, Long> drops = new HashMap<>();
        for (String line : lines(net.resolve(family == Family.IPV4 ? "udp" : "udp6"))) {
            String[] words = line.strip().split("\\s+");
            if (words[LOCAL_ADDRESS].endsWith(end)) {
                drops.put(words[INODE], Long.parseLong(words[words.length - 1]));
            }
        }
        return drops.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many packets a link's end has dropped because the receiving queue of the other was full. */
    static long linkDrops(Path net, String link) {
        for (String line : lines(net.resolve("dev"))) {
            String[] words = line.strip().split("[:\\s]+");
            if (words[0].equals(link)) {
                return Long.parseLong(words[TRANSMIT_DROPS]);
            }
        }
        throw new IllegalStateException("no link " + link);
    }

    /** All that isn't zero, for finding what went wrong. */
    static String all(Path net) {
        StringBuilder text = new StringBuilder(net + "\n");
        for (String file : List.of("snmp", "snmp6", "dev", "udp", "udp6")) {
            lines(net.resolve(file)).stream()
                    .filter(line -> !line.matches("\\S+\\s+0"))
                    .forEach(line -> text.append(line).append('\n'));
        }
        return text.toString();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
