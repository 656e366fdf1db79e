// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi.jfr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jfr.EventType;
import jdk.jfr.ValueDescriptor;
import org.junit.jupiter.api.Test;

class EventsTest {
    private static final Path PAGE = Path.of("..", "docs", "flight-recorder.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(dev\\.sluice\\.udp\\.\\w+)` \\|[^|]*\\|([^|]*)\\|$");
    private static final Pattern FIELD = Pattern.compile("`(\\w+)`");

    /** What every event has of the recorder itself or of {@link SocketEvent}. */
    private static final Set<String> COMMON =
            Set.of("startTime", "duration", "eventThread", "stackTrace", "socket", "local", "peer");

    private static List<EventType> types() {
        return List.of(
                        SocketOpenedEvent.class,
                        SocketClosedEvent.class,
                        GateClosedEvent.class,
                        GateOpenedEvent.class,
                        OffloadRefusedEvent.class,
                        SocketErrorEvent.class,
                        TripEvent.class)
                .stream()
                .map(EventType::getEventType)
                .toList();
    }

    private static Set<String> fields(EventType type) {
        return type.getFields().stream()
                .map(ValueDescriptor::getName)
                .filter(name -> !COMMON.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void thePageHasEachOfThemWithItsFields() throws Exception {
        Set<String> expected = new TreeSet<>();
        types().forEach(type -> expected.add(type.getName() + " " + fields(type)));
        Set<String> actual = new TreeSet<>();
        for (MatchResult row : ROW.matcher(Files.readString(PAGE)).results().toList()) {
            Set<String> fields = FIELD.matcher(row.group(2))
                    .results()
                    .map(field -> field.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
            actual.add(row.group(1) + " " + fields);
        }
        assertEquals(expected, actual);
    }

    @Test
    void theyAreFoundTogetherAndOnlyTripsAreOff() {
        for (EventType type : types()) {
            assertEquals(List.of("Sluice", "UDP"), type.getCategoryNames(), type.getName());
            assertNotNull(type.getLabel(), type.getName());
            assertNotNull(type.getDescription(), type.getName());
            String enabled = type.getSettingDescriptors().stream()
                    .filter(setting -> setting.getName().equals("enabled"))
                    .findFirst()
                    .orElseThrow()
                    .getDefaultValue();
            assertEquals(!type.getName().endsWith(".Trip"), Boolean.parseBoolean(enabled), type.getName());
        }
        assertFalse(types().isEmpty());
    }
}
