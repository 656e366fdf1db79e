// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.ffm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What GraalVM's native-image is told of this module is what its code does. */
class NativeImageTest {
    private static final Pattern FUNCTION = Pattern.compile("function\\(\"\\w+\", ([A-Z_0-9,\\s]+)\\)");
    private static final Pattern DOWNCALL = Pattern.compile(
            "\"returnType\": \"([^\"]+)\",\\s*\"parameterTypes\": \\[([^\\]]*)],\\s*\"options\": \\{ \"captureCallState\": true }");
    private static final Map<String, String> NAMES =
            Map.of("JAVA_INT", "jint", "JAVA_LONG", "jlong", "ADDRESS", "void*");

    private static String metadata() throws Exception {
        try (InputStream in = FfmProvider.class.getResourceAsStream(
                "/META-INF/native-image/dev.sluice/sluice-provider-ffm/reachability-metadata.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void V4a_everyCallOfTheCLibraryIsDeclared() throws Exception {
        Set<String> called = new TreeSet<>();
        Matcher functions =
                FUNCTION.matcher(Files.readString(Path.of("src/main/java22/dev/sluice/udp/ffm/CLibrary.java")));
        while (functions.find()) {
            called.add(Stream.of(functions.group(1).split(","))
                    .map(type -> NAMES.get(type.strip()))
                    .collect(Collectors.joining(" ")));
        }
        Set<String> declared = new TreeSet<>();
        Matcher downcalls = DOWNCALL.matcher(metadata());
        while (downcalls.find()) {
            declared.add(downcalls.group(1) + " " + downcalls.group(2).replaceAll("[\",]+", ""));
        }
        assertTrue(called.size() > 5, called::toString);
        assertEquals(called, declared);
    }

    @Test
    void V4a_whatIsMadeByItsNameIsDeclared() throws Exception {
        assertNotNull(Backend.load());
        assertTrue(metadata().contains("\"" + Backend.load().getClass().getName() + "\""));
    }
}
