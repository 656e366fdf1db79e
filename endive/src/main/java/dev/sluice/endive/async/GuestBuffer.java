// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.async;

import dev.sluice.endive.abi.Call;
import dev.sluice.endive.abi.Resource;
import dev.sluice.endive.abi.Trap;

/** A part of the guest's memory, lent to one copy. */
public final class GuestBuffer {
    /** By the canonical ABI: results have 28 bits for a number of elements. */
    private static final int MOST = (1 << 28) - 1;

    private final Call call;
    private final Element element;
    private final int pointer;
    private final int length;
    private int progress;

    GuestBuffer(Call call, Element element, int pointer, int length) {
        if (length < 0 || length > MOST) {
            throw new Trap("a buffer of " + Integer.toUnsignedString(length) + " elements; the most is " + MOST);
        }
        if (length > 0) {
            call.memory().checkList(pointer, length, element.size(), element.alignment());
        }
        this.call = call;
        this.element = element;
        this.pointer = pointer;
        this.length = length;
    }

    int length() {
        return length;
    }

    /** How many elements have been copied. */
    int progress() {
        return progress;
    }

    /** How many elements can still be copied. */
    public int remaining() {
        return length - progress;
    }

    private int address() {
        return pointer + progress * element.size();
    }

    /** Takes bytes from a buffer of bytes. */
    public byte[] take(int count) {
        byte[] bytes = call.memory().bytes(address(), count * element.size());
        progress += count;
        return bytes;
    }

    /** Puts bytes into a buffer of bytes. */
    public void put(byte[] bytes) {
        call.memory().putBytes(address(), bytes, 0, bytes.length);
        progress += bytes.length / Math.max(1, element.size());
    }

    /** Gives the guest a handle. */
    public void put(Resource resource) {
        call.memory().putInt(address(), call.add(resource));
        progress++;
    }

    /** Has one element written at its address. */
    void lower(Lowering lowering) {
        lowering.lower(call, address());
        progress++;
    }

    /** Copies elements that are numbers, or nothing. */
    void takeFrom(GuestBuffer source, int count) {
        if (element.size() == 0) {
            progress += count;
            source.progress += count;
        } else {
            put(source.take(count));
        }
    }

    /** Writes a value to the guest's memory. */
    @FunctionalInterface
    public interface Lowering {
        void lower(Call call, int address);
    }
}
