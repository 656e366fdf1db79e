package dev.sluice.endive.wasi.io;

import dev.sluice.endive.abi.Resource;

/** {@code error} of {@code wasi:io/error}. */
public record ErrorResource(String debugString, Throwable cause) implements Resource {}
