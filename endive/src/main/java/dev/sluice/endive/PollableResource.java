package dev.sluice.endive;

import dev.sluice.udp.Pollable;

/** {@code pollable} of {@code wasi:io/poll}. */
record PollableResource(Pollable pollable) implements Resource {}
