// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.abi;

/**
 * The parameters of a function that is lowered asynchronously: more than four flat ones are passed in memory, as a tuple.
 * They are described by the words of {@link Signature}.
 */
public final class Spilled {
    private static final int MOST_FLAT = 4;
    private static final String POINTER = "i32";

    /** An address's bytes in memory, and its flat values: of IPv6 kind, port, flow, 8 groups and scope. */
    private static final int ADDRESS_SIZE = 32;

    private static final int ADDRESS_FLAT = 12;

    private final String parameters;
    private final String[] words;
    private final int count;

    public Spilled(String parameters) {
        this.parameters = parameters;
        this.words = parameters.strip().split(" +");
        this.count = Signature.of(parameters).params().size();
    }

    private boolean areFlat() {
        return count <= MOST_FLAT;
    }

    /** The parameters as they are passed: themselves, or a pointer. */
    public String signature() {
        return areFlat() ? parameters : POINTER;
    }

    /** A call whose arguments are the flat parameters, taken from memory if they are there. */
    public Call load(Call call) {
        return areFlat() ? call : call.with(new Tuple(call.memory(), call.i32(0), count).load(words));
    }

    private static final class Tuple {
        private final GuestMemory memory;
        private final long[] flat;
        private int at;
        private int next;

        Tuple(GuestMemory memory, int pointer, int count) {
            this.memory = memory;
            this.at = pointer;
            this.flat = new long[count];
        }

        long[] load(String[] words) {
            for (String word : words) {
                load(word);
            }
            return flat;
        }

        /** All fields are aligned to 4. */
        private void load(String word) {
            switch (word) {
                case "handle", "i32" -> loadInts(1);
                case "list" -> loadInts(2);
                case "ip-socket-address" -> loadAddress();
                case "option-ip-socket-address" -> {
                    memory.check(at, 4, 4);
                    put(memory.getByte(at) & 0xff);
                    at += 4;
                    loadAddress();
                }
                default -> throw new IllegalArgumentException(word);
            }
        }

        private void put(int value) {
            flat[next++] = Integer.toUnsignedLong(value);
        }

        private void loadInts(int values) {
            memory.checkList(at, values, 4, 4);
            for (int i = 0; i < values; i++, at += 4) {
                put(memory.getInt(at));
            }
        }

        private void loadAddress() {
            memory.check(at, ADDRESS_SIZE, 4);
            int end = next + ADDRESS_FLAT;
            int kind = memory.getByte(at) & 0xff;
            put(kind);
            put(memory.getShort(at + 4) & 0xffff);
            if (kind == 0) {
                for (int i = 0; i < 4; i++) {
                    put(memory.getByte(at + 6 + i) & 0xff);
                }
            } else {
                put(memory.getInt(at + 8));
                for (int i = 0; i < 8; i++) {
                    put(memory.getShort(at + 12 + 2 * i) & 0xffff);
                }
                put(memory.getInt(at + 28));
            }
            next = end;
            at += ADDRESS_SIZE;
        }
    }
}
