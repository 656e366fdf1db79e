// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wit;

import dev.sluice.endive.abi.GuestMemory;
import dev.sluice.endive.abi.Trap;
import java.util.List;
import java.util.Locale;
import run.endive.wasm.types.ValType;

/**
 * The types of one value: {@code bool} is a Boolean, integers are an Integer if they fit in one (u16 and below, s32 and
 * below) and otherwise a Long, {@code f32} is a Float, {@code f64} a Double, {@code char} an Integer, its code point.
 */
enum PrimitiveType implements WitType {
    BOOL(1, ValType.I32, Boolean.class),
    S8(1, ValType.I32, Integer.class),
    U8(1, ValType.I32, Integer.class),
    S16(2, ValType.I32, Integer.class),
    U16(2, ValType.I32, Integer.class),
    S32(4, ValType.I32, Integer.class),
    U32(4, ValType.I32, Long.class),
    S64(8, ValType.I64, Long.class),
    U64(8, ValType.I64, Long.class),
    F32(4, ValType.F32, Float.class),
    F64(8, ValType.F64, Double.class),
    CHAR(4, ValType.I32, Integer.class);

    private final int size;
    private final List<ValType> flat;
    private final Class<?> javaType;

    PrimitiveType(int size, ValType flat, Class<?> javaType) {
        this.size = size;
        this.flat = List.of(flat);
        this.javaType = javaType;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int alignment() {
        return size;
    }

    @Override
    public List<ValType> flat() {
        return flat;
    }

    @Override
    public Object load(GuestMemory memory, int address) {
        return fromBits(
                switch (size) {
                    case 1 -> memory.getByte(address);
                    case 2 -> memory.getShort(address);
                    case 4 -> memory.getInt(address);
                    default -> memory.getLong(address);
                });
    }

    @Override
    public void store(GuestMemory memory, int address, Object value) {
        long bits = toBits(value);
        switch (size) {
            case 1 -> memory.putByte(address, (int) bits);
            case 2 -> memory.putShort(address, (int) bits);
            case 4 -> memory.putInt(address, (int) bits);
            default -> memory.putLong(address, bits);
        }
    }

    @Override
    public Object lift(GuestMemory memory, long[] flat, int index) {
        return fromBits(flat[index]);
    }

    @Override
    public void lower(GuestMemory memory, long[] flat, int index, Object value) {
        flat[index] = toBits(value);
    }

    /** Bits above the width of the type are ignored, as the canonical ABI says. */
    private Object fromBits(long bits) {
        return switch (this) {
            case BOOL -> (int) bits != 0;
            case S8 -> (int) (byte) bits;
            case U8 -> (int) bits & 0xff;
            case S16 -> (int) (short) bits;
            case U16 -> (int) bits & 0xffff;
            case S32 -> (int) bits;
            case U32 -> bits & 0xffff_ffffL;
            case S64, U64 -> bits;
            case F32 -> Float.intBitsToFloat((int) bits);
            case F64 -> Double.longBitsToDouble(bits);
            case CHAR -> liftedChar((int) bits);
        };
    }

    private static int liftedChar(int bits) {
        if (!isChar(bits)) {
            throw new Trap("0x" + Integer.toHexString(bits) + " is not a char");
        }
        return bits;
    }

    /** A code point, but not a surrogate. */
    private static boolean isChar(int bits) {
        return Character.isValidCodePoint(bits) && (bits < Character.MIN_SURROGATE || bits > Character.MAX_SURROGATE);
    }

    private long toBits(Object value) {
        if (!javaType.isInstance(value)) {
            throw WitFunction.mismatch(this, value);
        }
        return switch (this) {
            case BOOL -> (Boolean) value ? 1 : 0;
            case F32 -> Float.floatToRawIntBits((Float) value) & 0xffff_ffffL;
            case F64 -> Double.doubleToRawLongBits((Double) value);
            case CHAR -> {
                if (!isChar((Integer) value)) {
                    throw new ValueException("0x" + Integer.toHexString((Integer) value) + " is not a char");
                }
                yield (Integer) value;
            }
            default -> inRange(((Number) value).longValue());
        };
    }

    private long inRange(long value) {
        int bits = 8 * size;
        boolean signed = name().startsWith("S");
        boolean fits = bits == 64 || (signed ? value >> bits - 1 == value >> 63 : value >> bits == 0);
        if (!fits) {
            throw new ValueException(value + " is out of the range of " + this);
        }
        return bits == 64 ? value : value & 0xffff_ffffL;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
