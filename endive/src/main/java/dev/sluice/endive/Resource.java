package dev.sluice.endive;

/** What a handle of the guest's stands for. */
interface Resource {
    /** Frees what it holds, once, when the guest drops the handle or ends. */
    default void close() {}
}
