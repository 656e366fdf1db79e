package dev.sluice.endive;

/** {@code error} of {@code wasi:io/error}. */
record ErrorResource(String debugString) implements Resource {}
