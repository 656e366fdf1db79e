package dev.sluice.endive;

/** One call of a host function: the guest's flat arguments, and what it holds. */
final class Call {
    final Guest guest;
    private final long[] arguments;

    Call(Guest guest, long[] arguments) {
        this.guest = guest;
        this.arguments = arguments;
    }

    GuestMemory memory() {
        return guest.memory();
    }

    int i32(int index) {
        return (int) arguments[index];
    }

    long i64(int index) {
        return arguments[index];
    }

    /** The resource of the handle in an argument, which the call borrows. */
    <T extends Resource> T resource(int index, Class<T> type) {
        return guest.handles().get(i32(index), type);
    }

    /** The resource whose method this is. */
    <T extends Resource> T self(Class<T> type) {
        return resource(0, type);
    }

    /** A new handle, whose resource may not outlive the one whose method this is. */
    int addChild(Resource resource) {
        return guest.handles().addChild(resource, i32(0));
    }

    /** Where the result goes: the last argument, if the result doesn't fit in one value. */
    int returnPointer() {
        return i32(arguments.length - 1);
    }
}
