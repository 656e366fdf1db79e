package dev.sluice.endive.wasi.io;

import dev.sluice.endive.abi.Resource;

/** {@code input-stream} of {@code wasi:io/streams}. */
public record InputStreamResource(InputPump pump) implements Resource {}
