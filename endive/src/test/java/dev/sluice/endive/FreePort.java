// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port that is free for UDP and TCP on the loopback addresses, outside of the ephemeral range, from which guests get
 * theirs.
 */
final class FreePort {
    private static final int FIRST = 15_000;

    /** The default of Linux (ip_local_port_range). */
    private static final int FIRST_EPHEMERAL = 32_768;

    private FreePort() {}

    static int find() throws IOException {
        for (int attempt = 0; attempt < 100; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, FIRST_EPHEMERAL);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IOException("no port is free");
    }

    private static boolean isFree(int port) throws IOException {
        for (String host : List.of("127.0.0.1", "::1")) {
            InetAddress address = InetAddress.getByName(host);
            try (DatagramSocket udp = new DatagramSocket(new InetSocketAddress(address, port));
                    ServerSocket tcp = new ServerSocket(port, 1, address)) {
                assert udp.isBound() && tcp.isBound();
            } catch (SocketException taken) {
                return false;
            }
        }
        return true;
    }
}
