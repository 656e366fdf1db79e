package com.example.syslog;

import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSockets;
import java.io.IOException;
import java.io.InputStream;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** Forwards the lines of standard input, or of a file, to a syslog collector. */
public final class Main {
    private static final int NOT_ALL_SENT = 1;
    private static final int USAGE = 64;

    public static void main(String[] args) throws InterruptedException {
        if (args.length < 3 || args.length > 4) {
            fail(USAGE, "usage: syslog HOST PORT NAME [FILE]");
        }
        InetSocketAddress collector = collector(args[0], args[1]);
        if (!args[2].matches("[!-~]{1,48}")) {
            fail(USAGE, "syslog: the name is 1 to 48 printable ASCII characters without blanks, not " + args[2]);
        }
        try (InputStream in = args.length == 3 ? System.in : Files.newInputStream(checked(args[3]));
                UdpSocket socket = UdpSockets.provider().open(anyAddressLike(collector))) {
            Forwarder forwarder = new Forwarder(socket.stream(collector).outgoing(), new MessageFormat(args[2]));
            forwarder.forward(new LineReader(in));
            if (forwarder.reported() > 0) {
                System.err.println("syslog: messages that did not arrive, as far as reported: " + forwarder.reported());
            }
            System.exit(forwarder.leftOut() + forwarder.reported() == 0 ? 0 : NOT_ALL_SENT);
        } catch (SocketErrorException e) {
            fail(NOT_ALL_SENT, "syslog: no way to " + args[0] + ": " + e.getMessage());
        } catch (IOException e) {
            fail(NOT_ALL_SENT, "syslog: the input can't be read: " + e.getMessage());
        }
    }

    private static InetSocketAddress collector(String host, String port) {
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65535) {
            fail(USAGE, "syslog: the port is a number from 1 to 65535, not " + port);
        }
        InetSocketAddress collector = new InetSocketAddress(host, Integer.parseInt(port));
        if (collector.isUnresolved()) {
            fail(USAGE, "syslog: there is no host " + host);
        }
        return collector;
    }

    private static Path checked(String file) {
        Path path = Path.of(file);
        if (!Files.isReadable(path) || Files.isDirectory(path)) {
            fail(USAGE, "syslog: there is no file " + file + " that can be read");
        }
        return path;
    }

    private static InetSocketAddress anyAddressLike(InetSocketAddress remote) {
        return new InetSocketAddress(remote.getAddress() instanceof Inet4Address ? "0.0.0.0" : "::", 0);
    }

    private static void fail(int status, String message) {
        System.err.println(message);
        System.exit(status);
    }

    private Main() {}
}
