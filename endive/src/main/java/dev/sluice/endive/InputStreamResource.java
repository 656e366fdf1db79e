package dev.sluice.endive;

/** {@code input-stream} of {@code wasi:io/streams}. */
record InputStreamResource(InputPump pump) implements Resource {}
