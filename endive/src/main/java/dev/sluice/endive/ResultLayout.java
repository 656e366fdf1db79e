package dev.sluice.endive;

/** How the canonical ABI lays a {@code result<ok, error>} out in memory: its discriminant is the byte at 0. */
enum ResultLayout {
    /** {@code result<_, error-code>}. */
    NOTHING(2, 1, 1),
    /** {@code result<u8, error-code>}. */
    U8(2, 1, 1),
    /** {@code result<u64, …>}. */
    U64(16, 8, 8),
    /** {@code result<own<…>, error-code>}. */
    HANDLE(8, 4, 4),
    /** {@code result<tuple<own<…>, own<…>>, error-code>}. */
    TWO_HANDLES(12, 4, 4),
    /** {@code result<list<…>, …>}. */
    LIST(12, 4, 4),
    /** {@code result<ip-socket-address, error-code>}. */
    SOCKET_ADDRESS(36, 4, 4),
    /** {@code result<option<ip-address>, error-code>}. */
    OPTIONAL_ADDRESS(22, 2, 2),
    /** {@code result<_, stream-error>}: a stream-error holds a handle. */
    NOTHING_OR_STREAM_ERROR(12, 4, 4);

    final int size;
    final int alignment;

    /** Where the value, or the error, begins. */
    final int payload;

    ResultLayout(int size, int alignment, int payload) {
        this.size = size;
        this.alignment = alignment;
        this.payload = payload;
    }
}
