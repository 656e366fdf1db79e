// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line of {@code benchmarks/compare}. */
class OptionsTest {
    private static Options parse(String... arguments) {
        return Options.parse(arguments);
    }

    @Test
    void everyOptionIsUnderstood() {
        Options options =
                parse("--growth", "--full", "--openings=2", "--pairs=30", "--slice=5", "--warm-up=7", "--out=there");
        assertTrue(options.growth && options.full && options.extras);
        assertEquals(
                List.of(2, 30, 5, 7),
                List.of(options.openings, options.pairs, options.sliceMillis, options.warmUpMillis));
        assertEquals("there", options.out.toString());
    }

    @Test
    void onlyChoosesByAPartOfTheIdAndLeavesTheRestAway() {
        Options options = parse("--only=epoll_list/c_copy/veth/64x1200/1/connected|nothing");
        List<String> chosen = Selection.quick().stream()
                .filter(options::isChosen)
                .map(Comparison::id)
                .toList();
        assertEquals(List.of("epoll_list/c_copy/veth/64x1200/1/connected"), chosen);
        assertFalse(options.extras);
        assertTrue(Selection.quick().stream().allMatch(parse()::isChosen));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--pairs=0", "--pairs=many", "--pairs", "--slice=-1", "--openings=", "--only=(", "--fast"})
    void whatIsWrongIsNamed(String argument) {
        String message = assertThrows(IllegalArgumentException.class, () -> parse(argument))
                .getMessage();
        assertTrue(message.startsWith(argument + ": "), message);
    }
}
