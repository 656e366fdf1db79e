// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.abi;

import java.util.ArrayList;
import java.util.List;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/**
 * The core type to which the canonical ABI flattens the type of a function, written with one word for each parameter:
 * {@code "handle ip-socket-address return-pointer"}, {@code "handle -> i32"}.
 */
final class Signature {
    /** ip-socket-address: the discriminant, and the fields of the longer case (port, flow, 8 groups, scope). */
    private static final int ADDRESS = 12;

    private Signature() {}

    static FunctionType of(String words) {
        String[] sides = words.split("->", 2);
        return FunctionType.of(flatten(sides[0]), sides.length == 1 ? List.of() : flatten(sides[1]));
    }

    private static List<ValType> flatten(String words) {
        List<ValType> flat = new ArrayList<>();
        for (String word : words.strip().split(" +")) {
            switch (word) {
                case "" -> {}
                case "handle", "i32", "return-pointer" -> add(flat, 1, ValType.I32);
                case "list" -> add(flat, 2, ValType.I32);
                case "i64" -> add(flat, 1, ValType.I64);
                case "ip-socket-address" -> add(flat, ADDRESS, ValType.I32);
                case "option-ip-socket-address" -> add(flat, 1 + ADDRESS, ValType.I32);
                default -> throw new IllegalArgumentException(word);
            }
        }
        return flat;
    }

    private static void add(List<ValType> flat, int count, ValType type) {
        for (int i = 0; i < count; i++) {
            flat.add(type);
        }
    }
}
