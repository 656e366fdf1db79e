// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import run.endive.wasm.types.AnnotatedInstruction;
import run.endive.wasm.types.FunctionBody;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.OpCode;
import run.endive.wasm.types.TypeSection;

/**
 * Estimates what compiling one function takes, from its instructions. Two things make Endive's compiler slow: a method that
 * exceeds the JVM's limit of 64 KiB, which is found only after it was generated, and stack map frames, of which there is
 * one with every local and operand for each branch target.
 */
final class FunctionCost {
    /** Vector instructions begin with the byte 0xfd. */
    private static final int FIRST_VECTOR = 0xfd00;

    private static final int LAST_VECTOR = 0xfdff;

    private final TypeSection types;
    private final List<FunctionType> functions;
    private final Deque<Integer> enclosingBlocks = new ArrayDeque<>();
    private int depth;
    private int maxDepth;
    private int branchTargets = 1;
    private boolean vectors;

    /** About how many bytes of bytecode the function is compiled to. */
    private long methodBytes;

    private final long locals;

    private FunctionCost(TypeSection types, List<FunctionType> functions, FunctionType type, FunctionBody body) {
        this.types = types;
        this.functions = functions;
        this.locals = (long) type.params().size() + body.localTypes().size();
        this.methodBytes = 4L * body.localTypes().size(); // each is set to 0
        body.instructions().forEach(this::add);
    }

    /**
     * Of a function's body.
     *
     * @param types the types of its module
     * @param functions the types of all functions of its module
     * @param index which function it is
     * @param body its body
     */
    static FunctionCost of(TypeSection types, List<FunctionType> functions, int index, FunctionBody body) {
        return new FunctionCost(types, functions, functions.get(index), body);
    }

    /** Whether it has vector (SIMD) instructions, which make the compiler fail for the whole module. */
    boolean hasVectors() {
        return vectors;
    }

    long methodBytes() {
        return methodBytes;
    }

    /** How many entries its stack map frames have in all. */
    long frameEntries() {
        return (locals + maxDepth) * branchTargets;
    }

    private void add(AnnotatedInstruction instruction) {
        OpCode opcode = instruction.opcode();
        vectors |= opcode.opcode() >= FIRST_VECTOR && opcode.opcode() <= LAST_VECTOR;
        switch (opcode) {
            case BLOCK, LOOP, TRY_TABLE -> open(0);
            case IF -> open(-1);
            case ELSE -> {
                branchTargets++;
                depth = enclosingBlocks.isEmpty() ? depth : enclosingBlocks.peek();
            }
            case END -> depth = enclosingBlocks.isEmpty() ? depth : Math.max(depth, enclosingBlocks.pop());
            case BR_IF, BR_ON_NULL, BR_ON_NON_NULL -> {
                branchTargets++;
                push(-1, 6);
            }
            case BR_TABLE -> {
                branchTargets += instruction.operandCount();
                push(-1, 5 * instruction.operandCount());
            }
            case CALL, RETURN_CALL -> call(functions.get((int) instruction.operand(0)), 0);
            case CALL_INDIRECT, RETURN_CALL_INDIRECT -> call(types.getType((int) instruction.operand(0)), -1);
            default -> push(effect(opcode.opcode()), bytes(opcode.opcode()));
        }
    }

    private void open(int effect) {
        branchTargets += 2;
        push(effect, 4);
        enclosingBlocks.push(depth);
    }

    private void call(FunctionType type, int effect) {
        int values = type.params().size() + type.returns().size();
        push(effect - type.params().size() + type.returns().size(), 8 + 3 * values);
    }

    private void push(int effect, int bytes) {
        depth = Math.max(0, depth + effect); // dead code may pop what was never pushed
        maxDepth = Math.max(maxDepth, depth);
        methodBytes += bytes;
    }

    /** By how much an instruction of that binary opcode, other than those of control, changes the operand stack. */
    private static int effect(int opcode) {
        if (opcode == 0x1a || opcode == 0x21 || opcode == 0x24) { // drop, local.set, global.set
            return -1;
        }
        if (opcode == 0x1b || opcode == 0x1c || opcode >= 0x36 && opcode <= 0x3e) { // select, stores
            return -2;
        }
        boolean pushes = opcode == 0x20 || opcode == 0x23 || opcode == 0x3f; // local.get, global.get, memory.size
        if (pushes || opcode >= 0x41 && opcode <= 0x44 || opcode == 0xd0 || opcode == 0xd2) { // constants, references
            return 1;
        }
        boolean comparison = opcode >= 0x46 && opcode <= 0x66 && opcode != 0x50;
        boolean arithmetic = opcode >= 0x6a && opcode <= 0x78
                || opcode >= 0x7c && opcode <= 0x8a
                || opcode >= 0x92 && opcode <= 0x98
                || opcode >= 0xa0 && opcode <= 0xa6;
        return comparison || arithmetic ? -1 : 0;
    }

    private static int bytes(int opcode) {
        if (opcode >= 0x28 && opcode <= 0x40) { // memory
            return 8;
        }
        return opcode == 0x01 || opcode == 0x0b ? 0 : 2; // nop
    }
}
