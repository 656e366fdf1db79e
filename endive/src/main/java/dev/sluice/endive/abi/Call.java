// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.abi;

/** One call of a host function: its flat arguments, and the caller's memory and handles. */
public final class Call {
    private final GuestMemory memory;
    private final Handles handles;
    private final long[] arguments;

    public Call(GuestMemory memory, Handles handles, long[] arguments) {
        this.memory = memory;
        this.handles = handles;
        this.arguments = arguments;
    }

    public GuestMemory memory() {
        return memory;
    }

    public Handles handles() {
        return handles;
    }

    public int i32(int index) {
        return (int) arguments[index];
    }

    public long i64(int index) {
        return arguments[index];
    }

    /** All arguments, flat. */
    public long[] arguments() {
        return arguments;
    }

    /** The resource that the call borrows by the handle in an argument. Traps if it is of another type. */
    public <T extends Resource> T resource(int index, Class<T> type) {
        return handles.get(i32(index), type);
    }

    /** The resource that a method is called on: the first argument. */
    public <T extends Resource> T self(Class<T> type) {
        return resource(0, type);
    }

    /** Gives the guest a new handle. */
    public int add(Resource resource) {
        return handles.add(resource);
    }

    /** Gives the guest a new handle to a child of {@link #self}, which can't be dropped before it. */
    public int addChild(Resource resource) {
        return handles.addChild(resource, i32(0));
    }

    /** Where to write a result that doesn't fit in one value: the last argument. */
    public int returnPointer() {
        return i32(arguments.length - 1);
    }

    /** The same, after checking that a result of that size and alignment fits there. */
    public int returnPointer(int size, int alignment) {
        memory.check(returnPointer(), size, alignment);
        return returnPointer();
    }

    /** The same for a {@code result}. */
    public int returnPointer(ResultLayout layout) {
        return returnPointer(layout.size, layout.alignment);
    }

    /** A call with other arguments. */
    Call with(long[] others) {
        return new Call(memory, handles, others);
    }
}
