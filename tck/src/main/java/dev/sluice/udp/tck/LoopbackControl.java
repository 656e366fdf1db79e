// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import dev.sluice.udp.IpAddressFamily;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import org.opentest4j.TestAbortedException;

/**
 * The loopback interface of a network namespace that this process has for itself. A token bucket (tc-tbf(8)) holds
 * datagrams in the interface's queue, where they count against the sender's buffer; a rule of nft(8) refuses them.
 */
final class LoopbackControl implements NetworkControl {
    /** Ten bytes a second, once the one packet that the bucket has tokens for is gone. */
    private static final String HELD = "rate 80bit burst 1500 limit 8mb";

    /** One datagram of a kilobyte in a millisecond: half of a send buffer takes a while. */
    private static final String RELEASED = "rate 8mbit burst 20kb limit 8mb";

    private static final int PACKET_THAT_EMPTIES_THE_BUCKET = 1_000;
    private static final int UDP_HEADER = 8;

    private final IpAddressFamily family;
    private boolean limited;
    private boolean refusing;

    LoopbackControl(IpAddressFamily family) {
        this.family = family;
    }

    @Override
    public void hold() {
        limit(HELD);
        sendToItself(PACKET_THAT_EMPTIES_THE_BUCKET);
        sendToItself(PACKET_THAT_EMPTIES_THE_BUCKET); // the first that is held
    }

    @Override
    public void release() {
        limit(RELEASED);
        sendToItself(1); // the queue's timer still waits for the old rate: a packet makes the kernel look at it
    }

    private void limit(String rate) {
        run("tc qdisc " + (limited ? "change" : "add") + " dev lo root tbf " + rate);
        limited = true;
    }

    private void sendToItself(int bytes) {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(Hosts.loopback(family), 0))) {
            socket.send(new DatagramPacket(new byte[bytes], bytes, socket.getLocalSocketAddress()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void refuse(int bytes) {
        run("nft add table inet tck");
        refusing = true;
        run("nft add chain inet tck input { type filter hook input priority 0 ; }");
        run("nft add rule inet tck input udp length " + (UDP_HEADER + bytes)
                + " reject with icmpx type port-unreachable");
    }

    @Override
    public void close() {
        if (limited) {
            run("tc qdisc del dev lo root");
        }
        if (refusing) {
            run("nft delete table inet tck");
        }
    }

    /** Runs one of the system's tools, whose arguments hold no blanks. */
    private static void run(String commandLine) {
        try {
            Process process = new ProcessBuilder(commandLine.split(" "))
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() != 0) {
                throw new AssertionError(commandLine + " failed: " + output);
            }
        } catch (IOException e) {
            throw new TestAbortedException(e.getMessage());
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted in " + commandLine, e);
        }
    }
}
