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
            System.err.println("usage: statsd HOST PORT NAME COMMAND [ARGUMENT...]");
            System.exit(USAGE);
        }
        InetSocketAddress server = new InetSocketAddress(args[0], Integer.parseInt(args[1]));
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

    private Main() {}
}
