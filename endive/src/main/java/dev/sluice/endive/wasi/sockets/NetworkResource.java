package dev.sluice.endive.wasi.sockets;

import dev.sluice.endive.abi.Resource;
import dev.sluice.udp.Network;

/** {@code network} of {@code wasi:sockets/network}. */
record NetworkResource(Network network) implements Resource {}
