package dev.sluice.endive;

import dev.sluice.udp.Network;

/** {@code network} of {@code wasi:sockets/network}. */
record NetworkResource(Network network) implements Resource {}
