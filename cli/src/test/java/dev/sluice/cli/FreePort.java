// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.concurrent.ThreadLocalRandom;

/** A port that is free, and outside of the range that the system takes ports from for sockets bound to port 0. */
final class FreePort {
    private static final int FIRST = 15_000;

    /** Of Linux (ip_local_port_range). */
    private static final int FIRST_EPHEMERAL = 32_768;

    private FreePort() {}

    static int on(String host) throws IOException {
        for (int attempt = 0; attempt < 100; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, FIRST_EPHEMERAL);
            try (DatagramSocket socket = new DatagramSocket(port, InetAddress.getByName(host))) {
                return socket.getLocalPort();
            } catch (SocketException taken) { // by another process
            }
        }
        throw new IOException("no port is free");
    }
}
