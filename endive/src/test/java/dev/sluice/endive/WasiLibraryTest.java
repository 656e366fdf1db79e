// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.endive.GuestTrapException.Reason;
import dev.sluice.udp.UdpSockets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of a library's functions, and its calls of the host's. */
class WasiLibraryTest {
    private static final int[] NONE = {};
    private static final String SAME =
            "func(small: u8, text: option<string>, numbers: list<s16>, single: f32, double: f64,"
                    + " letter: char, flag: bool, large: u64) -> tuple<u8, option<string>, list<s16>, f32, f64, char, bool, u64>";

    private final List<List<Object>> heard = new ArrayList<>();

    private WasiHost.Builder host() {
        return WasiHost.builder(UdpSockets.provider("nio"))
                .function("example:plugins/host", "negate", "func(number: s32) -> s32", arguments -> {
                    return -(Integer) arguments.get(0);
                })
                .function(
                        "example:plugins/host",
                        "describe",
                        "func(name: option<string>, numbers: list<u32>) -> tuple<string, u8>",
                        arguments -> {
                            heard.add(arguments);
                            return List.of("Schleuse", 200);
                        });
    }

    private static WasiLibrary library(String guest) throws Exception {
        return WasiLibrary.load(GuestRun.file(guest), Limits.standard());
    }

    @ParameterizedTest
    @CsvSource({"plugins, false", "plugins, true", "components, false"})
    void valuesOfAllTypesPassBothWays(String folder, boolean interpreted) throws Exception {
        WasiLibrary library = library(folder + "/values");
        try (WasiInstance instance = (interpreted ? library.interpreted() : library).instantiate(host().build())) {
            WasiFunction same = instance.function("example:plugins/echo#same", SAME);
            List<Object> given = Arrays.asList(
                    255, "geöffnet".repeat(25), List.of(-32768, 0, 32767), 1.5f, -0.1, 0x1f30a, true, -1L);
            List<Object> least = Arrays.asList(0, null, List.of(), Float.NaN, Double.MIN_VALUE, 0, false, 0L);
            for (int i = 0; i < 2000; i++) { // the post-return function makes room
                assertEquals(given, same.call(given.toArray()));
            }
            assertEquals(least, same.call(least.toArray()));
            WasiFunction swap = instance.function(
                    "example:plugins/echo#swap", "func(pairs: list<tuple<string, s32>>) -> list<tuple<s32, string>>");
            assertEquals(
                    List.of(List.of(-1, "a"), List.of(7, "")), swap.call(List.of(List.of("a", -1), List.of("", 7))));
        }
    }

    @Test
    void manyParametersPassInMemory() throws Exception {
        try (WasiInstance instance = library("components/values").instantiate(host().build())) {
            String names = String.join(", ", Collections.nCopies(16, "n: u32"));
            WasiFunction many = instance.function("example:plugins/echo#many", "func(" + names + ", q: s8) -> s64");
            Object[] arguments = new Object[17];
            Arrays.fill(arguments, 0xffff_ffffL);
            arguments[16] = -1;
            assertEquals(16 * 0xffff_ffffL - 1, many.call(arguments));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plugins/values", "components/values"})
    void theHostsFunctionsAreCalledByTheirNames(String guest) throws Exception {
        try (WasiInstance instance = library(guest).instantiate(host().build())) {
            WasiFunction callHost = instance.function("call-host", "func(number: s32) -> tuple<s32, string, u8>");
            assertEquals(List.of(-5, "Schleuse", 200), callHost.call(5));
            assertEquals(List.of(5, "Schleuse", 200), callHost.call(-5));
            List<Long> numbers = LongStream.of(1, 2, 0xffff_ffffL).boxed().toList();
            assertEquals(List.of(Arrays.asList("name", numbers), Arrays.asList(null, numbers)), heard);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "func(number: s32); another core type",
                "func(number: s64) -> tuple<s32, string, u8>; another core type",
                "func(number: int) -> bool; 'int' is none of the types",
                "func(number: list) -> bool; '<' is expected before ')'",
                "func(number: s32; ',' is expected before ''",
                "number: s32; 'func' is expected before 'number'",
                "func(number: s32) -> bool bool; the end is expected before 'bool'",
                "func(number: option<s32, s32>); have one type argument",
            })
    void aWrongTypeIsRefused(String type, String why) throws Exception {
        try (WasiInstance instance = library("plugins/values").instantiate(host().build())) {
            String message = assertThrows(IllegalArgumentException.class, () -> instance.function("call-host", type))
                    .getMessage();
            assertTrue(message.contains(why.equals("another core type") ? "with the core type" : why), message);
            assertEquals(
                    "The library exports no function call-hots",
                    assertThrows(IllegalArgumentException.class, () -> instance.function("call-hots", "func()"))
                            .getMessage());
        }
    }

    @Test
    void wrongArgumentsAreRefusedAndHarmNothing() throws Exception {
        try (WasiInstance instance = library("plugins/values").instantiate(host().build())) {
            WasiFunction same = instance.function("example:plugins/echo#same", SAME);
            Object[] right = {1, null, List.of(), 1f, 1.0, 1, true, 1L};
            Object[] wrong = {256, 1, List.of(1 << 15), 1.0, 1f, 0xd800, 1, 1};
            for (int i = 0; i < right.length; i++) {
                Object[] arguments = right.clone();
                arguments[i] = wrong[i];
                assertThrows(IllegalArgumentException.class, () -> same.call(arguments), "argument " + i);
            }
            assertThrows(IllegalArgumentException.class, () -> same.call(1));
            assertEquals(Arrays.asList(right), same.call(right));
        }
    }

    @Test
    void aTrapEndsTheInstance() throws Exception {
        WasiHost host = host().function("example:plugins/host", "negate", "func(number: s32) -> s32", arguments -> {
                    throw new IllegalStateException("broken");
                })
                .build();
        try (WasiInstance instance = library("plugins/values").instantiate(host)) {
            WasiFunction callHost = instance.function("call-host", "func(number: s32) -> tuple<s32, string, u8>");
            GuestTrapException trap = assertThrows(GuestTrapException.class, () -> callHost.call(5));
            assertEquals(Reason.TRAP, trap.reason());
            assertTrue(
                    trap.getMessage().startsWith("example:plugins/host negate failed in the host: "),
                    trap.getMessage());
            assertEquals(
                    "the guest has ended",
                    assertThrows(GuestTrapException.class, () -> callHost.call(5))
                            .getMessage());
        }
    }

    @Test
    void aFunctionThatTheHostDoesNotOfferTrapsByItsName() throws Exception {
        WasiHost bare = WasiHost.builder(UdpSockets.provider("nio")).build();
        try (WasiInstance instance = library("components/values").instantiate(bare)) {
            WasiFunction callHost = instance.function("call-host", "func(number: s32) -> tuple<s32, string, u8>");
            assertEquals(
                    "example:plugins/host describe: this host has no such function",
                    assertThrows(GuestTrapException.class, () -> callHost.call(5))
                            .getMessage());
        }
    }

    @Test
    void timeEndsACall() throws Exception {
        byte[] file = Assembler.core()
                .memory(1)
                .function("forever", NONE, NONE, 0x03, 0x40, 0x0c, 0, 0x0b) // loop br 0
                .build();
        WasiHost host = host().limits(Limits.standard().withTime(Duration.ofMillis(200)))
                .build();
        try (WasiInstance instance = WasiLibrary.load(file, Limits.standard()).instantiate(host)) {
            WasiFunction forever = instance.function("forever", "func()");
            assertEquals(
                    Reason.TIME,
                    assertThrows(GuestTrapException.class, forever::call).reason());
        }
    }

    /** 1000 elements of a list, each a list of the same 64 KiB: more than the host may hold. */
    @Test
    void listsThatOverlapEndAtTheLimitOfHeldBytes() throws Exception {
        int[] fill = {
            0x03, 0x40, // loop
            0x20, 0, 0x41, 0, 0x36, 2, 0, // store the pointer 0 at local 0
            0x20, 0, 0x41, 0x80, 0x80, 4, 0x36, 2, 4, // and the length 65536 behind it
            0x20, 0, 0x41, 8, 0x6a, 0x22, 0, // local 0 += 8
            0x41, 0xc0, 0x3e, 0x48, 0x0d, 0, 0x0b, // again while it is below 8000
            0x41, 0xc4, 0x3e, 0x41, 0, 0x36, 2, 0, // the list: 0, 1000 at 8004
            0x41, 0xc8, 0x3e, 0x41, 0xe8, 7, 0x36, 2, 0, //
            0x41, 0xc4, 0x3e
        };
        byte[] file = Assembler.core()
                .memory(2)
                .function("lists", 1, NONE, new int[] {Assembler.I32}, fill)
                .build();
        try (WasiInstance instance = WasiLibrary.load(file, Limits.standard()).instantiate(host().build())) {
            WasiFunction lists = instance.function("lists", "func() -> list<list<u8>>");
            GuestTrapException trap = assertThrows(GuestTrapException.class, lists::call);
            assertEquals(Reason.LIMIT, trap.reason(), trap.getMessage());
        }
    }

    @Test
    void aLibraryNeedsAMemory() throws Exception {
        byte[] file = Assembler.core().function("f", NONE, NONE).build();
        assertEquals(
                "The module exports no memory, which every WASI library does.",
                assertThrows(InvalidGuestException.class, () -> WasiLibrary.load(file, Limits.standard()))
                        .getMessage());
    }
}
