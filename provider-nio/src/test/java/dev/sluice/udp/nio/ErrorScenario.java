// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.nio;

import static dev.sluice.udp.nio.Loopback.datagram;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.spi.DatagramTransport;
import dev.sluice.udp.spi.Operation;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * Meets errors and says what they were, a line each: for a JVM of its own, in another language or in a network namespace
 * of its own.
 */
final class ErrorScenario {
    private final Loopback loopback;
    private final String label;

    private ErrorScenario(Loopback loopback) {
        this.loopback = loopback;
        this.label = loopback.family == IpAddressFamily.IPV4 ? "4" : "6";
    }

    public static void main(String[] args) throws Exception {
        for (String part : args) {
            if (part.equals("provoke")) {
                System.out.println(
                        "provoked: " + EnumSet.copyOf(LearntTexts.provoked().values()));
                continue;
            }
            for (IpAddressFamily family : IpAddressFamily.values()) {
                try (Loopback loopback = new Loopback(family)) {
                    ErrorScenario scenario = new ErrorScenario(loopback);
                    switch (part) {
                        case "anywhere" -> scenario.anywhere();
                        case "load-errors" -> {
                            NioErrors.of(Operation.CREATE, new IOException("Too many open files"));
                            // What a jar, which is open by then, has: from a folder of classes it takes a descriptor.
                            Class.forName("dev.sluice.udp.spi.jfr.SocketErrorEvent");
                        }
                        case "load" -> scenario.loadClasses();
                        case "routes" -> scenario.routes();
                        case "create" ->
                            scenario.step(
                                    "create",
                                    () -> loopback.provider.createSocket(family).close());
                        case "descriptors" -> scenario.step("descriptors", scenario::openForEver);
                        default -> throw new IllegalArgumentException(part);
                    }
                }
            }
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    private void step(String name, Step step) throws Exception {
        String outcome;
        try {
            step.run();
            outcome = "ok";
        } catch (SocketErrorException e) {
            outcome = e.errorCode().witName() + " " + e.errno().orElse(0);
            if (e.errorCode() == ErrorCode.UNKNOWN) {
                outcome += " " + e.getCause();
            }
        }
        System.out.println(name + label + ": " + outcome);
    }

    private void anywhere() throws Exception {
        boolean four = loopback.family == IpAddressFamily.IPV4;
        try (UdpSocket taken = loopback.bound();
                UdpSocket socket = loopback.provider.createSocket(loopback.family)) {
            step("taken", () -> socket.bind(taken.localAddress()));
            step("nobodys", () -> socket.bind(new InetSocketAddress(four ? "203.0.113.1" : "2001:db8::1", 0)));
        }
        if (!four) {
            try (UdpSocket socket = loopback.provider.createSocket(loopback.family)) {
                socket.bind(loopback.wildcard(0));
                step("no-interface", () -> socket.stream(new InetSocketAddress("ff02::1", 9)));
            }
        }
        DatagramTransport transport = loopback.provider.open(loopback.family);
        InetSocketAddress to = transport.bind(loopback.address(0));
        DatagramBatch batch = new DatagramBatch(1, 70_000);
        batch.commit(to, 66_000);
        step("large", () -> transport.send(batch, 0, 1));
        transport.connect(to);
        step("large-connected", () -> transport.send(batch, 0, 1));
        transport.close();
        if (four) {
            try (UdpSocket socket = loopback.bound()) {
                InetSocketAddress broadcast = new InetSocketAddress("127.255.255.255", 9);
                DatagramStreams streams = socket.stream(null);
                step("broadcast", () -> Loopback.send(streams.outgoing(), datagram("x", broadcast)));
                step("broadcast-connect", () -> socket.stream(broadcast));
            }
        }
    }

    /** Needs root and a namespace in which the prefixes are reachable through a device. */
    private void routes() throws Exception {
        String prefix = loopback.family == IpAddressFamily.IPV4 ? "10.9.1.0/24" : "fd09:1::/64";
        InetSocketAddress peer =
                new InetSocketAddress(loopback.family == IpAddressFamily.IPV4 ? "10.9.1.7" : "fd09:1::7", 9);
        for (String type : new String[] {"unreachable", "prohibit", "blackhole", "none"}) {
            try (UdpSocket socket = loopback.provider.createSocket(loopback.family)) {
                socket.bind(loopback.wildcard(0));
                ip("route", "replace", prefix, "dev", "v0");
                DatagramStreams connected = socket.stream(peer);
                step(type + "-before", () -> Loopback.send(connected.outgoing(), datagram("x")));
                ip("route", "del", prefix, "dev", "v0");
                if (!type.equals("none")) {
                    ip("route", "add", type, prefix);
                }
                step(type + "-connected", () -> Loopback.send(connected.outgoing(), datagram("x")));
                step(type + "-empty", () -> Loopback.send(connected.outgoing(), datagram("")));
                step(type + "-astray", () -> Loopback.send(connected.outgoing(), datagram("x"))); // it has no peer now
                step(type + "-connect", () -> socket.stream(peer));
                DatagramStreams unconnected = socket.stream(null);
                step(type, () -> Loopback.send(unconnected.outgoing(), datagram("x", peer)));
                if (!type.equals("none")) {
                    ip("route", "del", type, prefix);
                }
                ip("route", "replace", prefix, "dev", "v0");
                step(type + "-after", () -> Loopback.send(unconnected.outgoing(), datagram("x", peer)));
                ip("route", "del", prefix, "dev", "v0");
            }
        }
    }

    private void ip(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("ip", loopback.family == IpAddressFamily.IPV4 ? "-4" : "-6"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + " failed");
        }
    }

    /** Where classes lie in folders, loading one takes a descriptor. */
    private void loadClasses() throws Exception {
        try (UdpSocket taken = loopback.bound();
                UdpSocket socket = loopback.provider.createSocket(loopback.family)) {
            socket.bind(taken.localAddress());
        } catch (SocketErrorException expected) {
            // address-in-use, and the classes of errors are loaded
        }
    }

    private void openForEver() throws Exception {
        List<UdpSocket> open = new ArrayList<>();
        try {
            for (int i = 0; i < 10_000; i++) {
                open.add(loopback.provider.createSocket(loopback.family));
            }
        } finally {
            open.forEach(UdpSocket::close);
        }
    }
}
