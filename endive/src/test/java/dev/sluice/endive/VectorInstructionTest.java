// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.UdpSockets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import run.endive.wasm.types.OpCode;

/** Vector instructions (SIMD), which Endive's engine for Java 17 does not implement. */
class VectorInstructionTest {
    private static final int V128 = 0x7b;
    private static final int F32 = 0x7d;
    private static final int[] NONE = {};

    /** Locals of all types that operands can have. */
    private static final int[] TYPES = {V128, Assembler.I32, Assembler.I64, F32, Assembler.F64};

    private static final int[][] OPERANDS = {
        {}, {0}, {1}, {2}, {3}, {4}, {0, 0}, {0, 1}, {0, 2}, {0, 3}, {0, 4}, {1, 0}, {0, 0, 0}
    };

    private static final int[][] IMMEDIATES = {{}, {0}, {0, 0}, {0, 0, 0}, new int[16]};

    /** A program that executes the instruction with some operands and immediates for which it is valid. */
    private static WasiCommand executing(OpCode opcode) throws IOException {
        for (int[] immediates : IMMEDIATES) {
            for (int[] operands : OPERANDS) {
                for (int[] end : new int[][] {{}, {0x1a}}) { // with a result to drop, or without
                    int[] code = code(opcode.opcode() - 0xfd00, operands, immediates, end);
                    byte[] file = Assembler.core()
                            .memory(1)
                            .functionWithLocals("_start", TYPES, code)
                            .build();
                    try {
                        return WasiCommand.load(file);
                    } catch (InvalidGuestException e) {
                        // not valid so
                    }
                }
            }
        }
        throw new AssertionError("no valid use of " + opcode);
    }

    private static int[] code(int number, int[] operands, int[] immediates, int[] end) {
        IntStream gets = IntStream.of(operands).flatMap(local -> IntStream.of(0x20, local));
        IntStream instruction =
                number < 0x80 ? IntStream.of(0xfd, number) : IntStream.of(0xfd, number & 0x7f | 0x80, number >> 7);
        return Stream.of(gets, instruction, IntStream.of(immediates), IntStream.of(end))
                .flatMapToInt(part -> part)
                .toArray();
    }

    @Test
    void eachTrapsWithOneSentenceThatNamesIt() {
        List<Executable> all = new ArrayList<>();
        for (OpCode opcode : OpCode.values()) {
            if (opcode.opcode() >> 8 == 0xfd) {
                all.add(() -> {
                    WasiHost host = WasiHost.builder(UdpSockets.provider("nio")).build();
                    WasiCommand command = executing(opcode).interpreted();
                    GuestTrapException trap = assertThrows(GuestTrapException.class, () -> command.run(host));
                    assertEquals("the engine does not implement the instruction " + opcode, trap.getMessage());
                });
            }
        }
        assertTrue(all.size() >= 236, () -> "" + all.size());
        assertAll(all);
    }

    @Test
    void aFunctionThatHasOneHarmsNoOther() throws Exception {
        WasiCommand command = WasiCommand.load(Assembler.core()
                .memory(1)
                .functionWithLocals("vector", TYPES, code(0x4d, new int[] {0}, NONE, new int[] {0x1a})) // v128.not
                .function("_start", NONE, NONE)
                .build());
        assertEquals(0, command.run(WasiHost.builder(UdpSockets.provider("nio")).build()));
    }
}
