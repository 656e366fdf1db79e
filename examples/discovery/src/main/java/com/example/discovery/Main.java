package com.example.discovery;

import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;

/** Announces a name to a multicast group, or lists the names that the group announces. */
public final class Main {
    private static final int FAILED = 1;
    private static final int USAGE = 64;

    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length != 5 || !args[0].equals("announce") && !args[0].equals("list")) {
            fail(
                    USAGE,
                    """
                    usage: discovery announce INTERFACE GROUP PORT NAME
                           discovery list INTERFACE GROUP PORT SECONDS""");
        }
        NetworkInterface link = NetworkInterface.getByName(args[1]);
        if (link == null) {
            fail(USAGE, "discovery: there is no interface " + args[1] + " with an address");
        }
        InetSocketAddress group = new InetSocketAddress(group(args[2]), number("port", args[3], 65_535));
        boolean announces = args[0].equals("announce");
        if (announces && !Announcement.isName(args[4])) {
            fail(USAGE, "discovery: a name is 1 to 63 letters, digits, dots and hyphens, not " + args[4]);
        }
        int seconds = announces ? 0 : number("time in seconds", args[4], 86_400);
        try (Member member = new Member(UdpSockets.provider(), link, group)) {
            if (announces) {
                new Announcer(member, args[4]).run();
            } else {
                new Lister(member).run(seconds);
            }
        } catch (SocketErrorException e) {
            fail(FAILED, "discovery: " + args[2] + " on " + args[1] + ": " + e.getMessage());
        }
    }

    private static InetAddress group(String text) {
        try {
            InetAddress group = InetAddress.getByName(text);
            if (group.isMulticastAddress()) {
                return group;
            }
        } catch (UnknownHostException e) {
            // no address at all
        }
        fail(USAGE, "discovery: " + text + " is no multicast address");
        throw new AssertionError("has ended");
    }

    private static int number(String what, String text, int largest) {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > largest) {
            fail(USAGE, "discovery: the " + what + " is a number from 1 to " + largest + ", not " + text);
        }
        return Integer.parseInt(text);
    }

    private static void fail(int status, String message) {
        System.err.println(message);
        System.exit(status);
    }

    private Main() {}
}
