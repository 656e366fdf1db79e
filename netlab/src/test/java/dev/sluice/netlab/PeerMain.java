// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.netlab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The other end: a receiver in its own process and namespace, which takes commands on standard input and answers each
 * with one line. It ends with its standard input.
 */
final class PeerMain {
    private static final int LARGEST = 65_535;

    private final Map<Integer, Port> ports = new HashMap<>();
    private final Stations stations = new Stations();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(LARGEST);

    private PeerMain() {}

    public static void main(String[] arguments) throws IOException {
        PeerMain peer = new PeerMain();
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
        System.out.println("ready");
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            System.out.println(peer.obey(line.split(" ")));
        }
    }

    private String obey(String[] command) throws IOException {
        int port = Integer.parseInt(command[1]); // or a count
        switch (command[0]) {
            case "open" -> {
                ports.put(port, new Port(port, Integer.parseInt(command[2])));
                return "opened";
            }
            case "close" -> {
                ports.remove(port).close();
                return "closed";
            }
            case "await" -> {
                return ports.get(port).await(Long.parseLong(command[2]), Long.parseLong(command[3]));
            }
            case "station" -> {
                return stations.open(port, command[2]);
            }
            case "say" -> {
                return stations.say(port, command[2], command[3], command[4]);
            }
            case "ask" -> {
                return Stations.ask(port, command[2], command[3]);
            }
            case "hear" -> {
                return stations.hear(port, command[2]);
            }
            default -> {
                return "unknown command " + command[0];
            }
        }
    }

    /** An open port, and what has arrived at it since it was opened. */
    private final class Port {
        private final DatagramChannel channel = DatagramChannel.open(); // dual stack: both families
        private final Selector selector = Selector.open();
        private final Tally tally = new Tally();

        Port(int port, int receiveBuffer) throws IOException {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
            channel.bind(new InetSocketAddress(port));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
        }

        /** Reads until so many datagrams have arrived, or nothing more has come for so many milliseconds. */
        String await(long wanted, long patience) throws IOException {
            read();
            long lastNews = System.nanoTime();
            while (tally.datagrams() < wanted) {
                long rest = patience - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastNews);
                if (rest <= 0) {
                    break;
                }
                if (selector.select(rest) > 0) {
                    selector.selectedKeys().clear();
                    read();
                    lastNews = System.nanoTime();
                }
            }
            return tally.arrived().toString();
        }

        private void read() throws IOException {
            while (channel.receive(buffer.clear()) != null) {
                tally.add(buffer.flip());
            }
        }

        void close() throws IOException {
            selector.close();
            channel.close();
        }
    }
}
