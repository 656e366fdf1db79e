package com.example.statsd;

import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.UdpSockets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Runs a command, and tells a StatsD server how long it took and whether it failed. */
public final class Main {
    private static final int USAGE = 64;

    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length < 4) {
            fail("usage: statsd HOST PORT NAME COMMAND [ARGUMENT...]");
        }
        InetSocketAddress server = server(args[0], args[1]);
        String name = args[2];
        List<String> command = Arrays.asList(args).subList(3, args.length);

        UdpSocketProvider provider = UdpSockets.provider(); // the best one of the image
        int status;
        try (StatsdClient statsd = new StatsdClient(provider, server)) {
            long begun = System.nanoTime();
            status = new ProcessBuilder(command).inheritIO().start().waitFor();
            statsd.time(name + ".time", Duration.ofNanos(System.nanoTime() - begun));
            statsd.count(name + (status == 0 ? ".succeeded" : ".failed"), 1);
            if (statsd.dropped() > 0) {
                System.err.println(statsd.dropped() + " metrics were not sent through " + provider.name());
            }
        }
        System.exit(status);
    }

    private static InetSocketAddress server(String host, String port) {
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65535) {
            fail("statsd: the port is a number from 1 to 65535, not " + port);
        }
        InetSocketAddress server = new InetSocketAddress(host, Integer.parseInt(port));
        if (server.isUnresolved()) {
            fail("statsd: there is no host " + host);
        }
        return server;
    }

    private static void fail(String message) {
        System.err.println(message);
        System.exit(USAGE);
    }

    private Main() {}
}
