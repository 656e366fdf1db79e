// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.ExternalType;
import run.endive.wasm.types.FunctionImport;
import run.endive.wasm.types.ValType;

/**
 * A guest that calls functions of WASI with arguments from the input: handles, addresses in and outside of its memory,
 * and whatever earlier calls have written there.
 */
class GuestCallsFuzzTest {
    private static final int MOST_CALLS = 24;
    private static final int SEEDS = 8;
    private static final int SEED_LENGTH = 300;
    private static final int PAGE = 65_536;

    /** Where results are written, a place for each of the last calls. */
    private static final int RESULTS = 1024;

    private static final int RESULT_BYTES = 64;
    private static final int PLACES = 8;

    /** Where an octet of the input may be put. */
    private static final int SCRATCH = 256;

    private static final List<GuestProgram.Imported> FUNCTIONS = functions();

    /** All functions that a core module among the guests of {@code endive}'s tests imports. */
    private static List<GuestProgram.Imported> functions() {
        TreeMap<String, GuestProgram.Imported> functions = new TreeMap<>();
        try (Stream<Path> files = Files.walk(Path.of("../endive/src/test/guests"))) {
            for (Path file : files.filter(file -> file.toString().endsWith(".wasm"))
                    .sorted()
                    .toList()) {
                byte[] bytes = Files.readAllBytes(file);
                if (bytes[4] == 1) { // a component has another version
                    addFunctions(Parser.parse(bytes), functions);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(functions.values());
    }

    private static void addFunctions(WasmModule module, TreeMap<String, GuestProgram.Imported> into) {
        module.importSection().stream()
                .filter(one -> one.importType() == ExternalType.FUNCTION)
                .map(FunctionImport.class::cast)
                .forEach(one -> into.putIfAbsent(
                        one.module() + " " + one.name(),
                        new GuestProgram.Imported(
                                one.module(), one.name(), module.typeSection().getType(one.typeIndex()))));
    }

    /** To begin with: long enough for many calls. */
    static Stream<byte[]> programs() {
        return IntStream.range(0, SEEDS).mapToObj(seed -> {
            byte[] program = new byte[SEED_LENGTH];
            new Random(seed).nextBytes(program);
            return program;
        });
    }

    @MethodSource("programs")
    @FuzzTest
    void callsEndInAResultOrATrap(byte[] input) throws Exception {
        Choices choices = new Choices(input);
        GuestProgram program = new GuestProgram(FUNCTIONS);
        Integer allocated = choices.below(8) == 7 ? (int) choices.number(4) : null;
        for (int call = 0; call < MOST_CALLS && choices.areLeft(); call++) {
            if (choices.below(4) == 3) {
                program.store8(SCRATCH + choices.octet(), choices.octet());
            }
            int function = choices.below(FUNCTIONS.size());
            List<ValType> parameters = FUNCTIONS.get(function).type().params();
            for (int i = 0; i < parameters.size(); i++) {
                boolean last = i == parameters.size() - 1;
                argument(program, choices, parameters.get(i), last ? place(call) : -1);
            }
            program.call(function);
        }
        Guests.run(program.build(allocated), Loopback.INSTANCE);
    }

    private static int place(int call) {
        return RESULTS + call % PLACES * RESULT_BYTES;
    }

    private static void argument(GuestProgram program, Choices choices, ValType type, int place) {
        if (type.equals(ValType.I64)) {
            program.constant64(choices.yes() ? choices.octet() : choices.number(8));
        } else if (!type.equals(ValType.I32)) {
            program.constantFloat(type.equals(ValType.F64), choices.number(8));
        } else {
            switch (choices.below(8)) {
                case 0 -> program.constant32(place >= 0 ? place : choices.below(4));
                case 1 -> program.load32(place(choices.below(PLACES)) + 4 * choices.below(4));
                case 2 -> program.constant32(choices.below(16));
                case 3 -> program.constant32(SCRATCH + choices.octet());
                case 4 -> program.constant32(PAGE - choices.octet());
                case 5 -> program.constant32((int) choices.number(4));
                case 6 -> program.load32(place(choices.below(PLACES)));
                default -> program.constant32(choices.octet());
            }
        }
    }
}
