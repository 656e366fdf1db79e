// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.ffm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemoryLayout;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The structures are laid out as the C compiler lays them out. */
class LayoutsTest {
    @Test
    void V4a_layoutsAreTheCompilers() throws Exception {
        List<String> lines =
                Compiled.output(List.of(Compiled.program("layouts"))).lines().toList();
        assertTrue(lines.size() > 30);
        for (String line : lines) {
            String name = line.substring(0, line.indexOf(' '));
            long expected = Long.parseLong(line.substring(line.indexOf(' ') + 1));
            Object ours = Layouts.class.getDeclaredField(name).get(null);
            assertEquals(
                    expected,
                    ours instanceof MemoryLayout layout ? layout.byteSize() : ((Number) ours).longValue(),
                    name);
        }
    }
}
