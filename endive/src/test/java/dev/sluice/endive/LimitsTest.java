// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The limits, and their table in the README. */
class LimitsTest {
    private static final Pattern ROW = Pattern.compile("\\| `(\\w+)`[^|]*\\| ([^|]+) \\|.*");

    @Test
    void theReadmeHasEveryLimitWithItsStandard() throws Exception {
        List<String> lines = Files.readAllLines(Path.of("README.md"));
        int begin = lines.indexOf("| `Limits` | standard | beyond it |") + 2;
        Map<String, String> shown = new LinkedHashMap<>();
        for (Matcher row = ROW.matcher(lines.get(begin)); row.matches(); row = ROW.matcher(lines.get(++begin))) {
            shown.put(row.group(1), row.group(2));
        }
        Map<String, String> expected = new LinkedHashMap<>();
        for (RecordComponent limit : Limits.class.getRecordComponents()) {
            expected.put(limit.getName(), text(limit));
        }
        assertEquals(expected.toString(), shown.toString());
    }

    private static String text(RecordComponent limit) throws Exception {
        Object value = limit.getAccessor().invoke(Limits.standard());
        if (value.equals(ChronoUnit.FOREVER.getDuration())) {
            return "none";
        }
        if (limit.getName().equals("stackBytes") && value.equals(0L)) {
            return "the calling thread's";
        }
        long number = ((Number) value).longValue();
        return limit.getName().endsWith("Bytes") ? (number >> 20) + " MiB" : "" + number;
    }

    @Test
    void eachWithChangesItsOwnLimitOnly() throws Exception {
        Limits before = Limits.standard();
        for (RecordComponent limit : Limits.class.getRecordComponents()) {
            String name = "with" + Character.toUpperCase(limit.getName().charAt(0))
                    + limit.getName().substring(1);
            Object other = limit.getType() == int.class
                    ? (Object) (1 << 19)
                    : limit.getType() == long.class ? (Object) (1L << 19) : Duration.ofSeconds(1);
            Limits after =
                    (Limits) Limits.class.getMethod(name, limit.getType()).invoke(before, other);
            List<String> changed = Arrays.stream(Limits.class.getRecordComponents())
                    .filter(each -> !get(each, before).equals(get(each, after)))
                    .map(RecordComponent::getName)
                    .toList();
            assertEquals(List.of(limit.getName()), changed);
            assertEquals(other, get(limit, after));
        }
    }

    private static Object get(RecordComponent limit, Limits limits) {
        try {
            return limit.getAccessor().invoke(limits);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void tooLittleIsRefusedWithTheLeast() {
        assertEquals(
                "The limit handles is 0, but must be at least 1",
                assertThrows(IllegalArgumentException.class, () -> Limits.standard()
                                .withHandles(0))
                        .getMessage());
    }
}
