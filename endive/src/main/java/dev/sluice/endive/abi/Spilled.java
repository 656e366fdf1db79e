// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.abi;

import java.util.ArrayList;
import java.util.List;

/**
 * The parameters of a function that is lowered asynchronously: more than four flat ones are passed in memory, as a tuple.
 * They are described by the words of {@link Signature}.
 */
public final class Spilled {
    private static final int MOST_FLAT = 4;
    private static final String POINTER = "i32";

    private Spilled() {}

    private static boolean isFlat(String parameters) {
        return Signature.of(parameters).params().size() <= MOST_FLAT;
    }

    /** The parameters as they are passed: themselves, or a pointer. */
    public static String signature(String parameters) {
        return isFlat(parameters) ? parameters : POINTER;
    }

    /** A call whose arguments are the flat parameters, taken from memory if they are there. */
    public static Call load(String parameters, Call call) {
        if (isFlat(parameters)) {
            return call;
        }
        Tuple tuple = new Tuple(call.memory(), call.i32(0));
        for (String word : parameters.strip().split(" +")) {
            tuple.add(word);
        }
        return call.with(tuple.flat());
    }

    private static final class Tuple {
        private final GuestMemory memory;
        private int at;
        private final List<Integer> flat = new ArrayList<>();

        Tuple(GuestMemory memory, int pointer) {
            this.memory = memory;
            this.at = pointer;
        }

        long[] flat() {
            return flat.stream().mapToLong(Integer::toUnsignedLong).toArray();
        }

        /** All fields are aligned to 4. */
        void add(String word) {
            switch (word) {
                case "handle", "i32" -> addInts(1);
                case "list" -> addInts(2);
                case "ip-socket-address" -> addAddress();
                case "option-ip-socket-address" -> {
                    addByte();
                    addAddress();
                }
                default -> throw new IllegalArgumentException(word);
            }
        }

        private void addInts(int count) {
            memory.checkList(at, count, 4, 4);
            for (int i = 0; i < count; i++, at += 4) {
                flat.add(memory.getInt(at));
            }
        }

        /** A discriminant. */
        private void addByte() {
            memory.check(at, 4, 4);
            flat.add(memory.getByte(at) & 0xff);
            at += 4;
        }

        /** 32 bytes; of IPv4 port and 4 bytes, of IPv6 port, flow, 8 groups and scope. */
        private void addAddress() {
            memory.check(at, 32, 4);
            int kind = memory.getByte(at) & 0xff;
            flat.add(kind);
            flat.add(memory.getShort(at + 4) & 0xffff);
            if (kind == 0) {
                for (int i = 0; i < 4; i++) {
                    flat.add(memory.getByte(at + 6 + i) & 0xff);
                }
                for (int i = 0; i < 6; i++) {
                    flat.add(0);
                }
            } else {
                flat.add(memory.getInt(at + 8));
                for (int i = 0; i < 8; i++) {
                    flat.add(memory.getShort(at + 12 + 2 * i) & 0xffff);
                }
                flat.add(memory.getInt(at + 28));
            }
            at += 32;
        }
    }
}
