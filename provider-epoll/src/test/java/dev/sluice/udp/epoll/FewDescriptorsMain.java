// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.epoll;

import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.Pollable;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.spi.Errno;
import dev.sluice.udp.spi.Operation;
import dev.sluice.udp.spi.SocketErrors;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Run in a JVM of its own: lacks descriptors when it first looks for the provider, and when it first waits. */
final class FewDescriptorsMain {
    /** Enough to load a class, and too few to try everything. */
    private static final int SOME = 8;

    private static final Deque<FileInputStream> TAKEN = new ArrayDeque<>();

    private FewDescriptorsMain() {}

    public static void main(String[] args) throws Exception {
        loadClasses();
        leave(SOME);
        EpollProvider provider = new EpollProvider();
        try {
            provider.createSocket(IpAddressFamily.IPV4).close();
            System.out.println("a socket without a descriptor");
        } catch (SocketErrorException e) {
            System.out.println(e.errorCode().witName());
        }
        System.out.println(provider.mayBecomeAvailable() ? "for now" : "for ever");
        giveBack();
        System.out.println(provider.mayBecomeAvailable() ? "still for now" : "no more");
        System.out.println(provider.unavailability().orElse(ReasonMain.available(provider)));
        try (UdpSocket socket = provider.createSocket(IpAddressFamily.IPV4)) {
            socket.bind(Peer.loopback(IpAddressFamily.IPV4, 0));
            Pollable readable = socket.stream(null).incoming().subscribe();
            NettyErrors.of(Operation.WAIT, new UncheckedIOException(new IOException("none")));
            leave(1);
            try {
                readable.onReady(() -> {});
                System.out.println("waits without a descriptor");
            } catch (UncheckedIOException e) {
                System.out.println(
                        ((SocketErrorException) e.getCause()).errorCode().witName());
            }
            giveBack();
            readable.onReady(() -> {}).cancel();
            System.out.println("waits");
        }
        provider.close();
    }

    /** Where classes lie in folders, loading one takes a descriptor: those of the errors that are to come. */
    private static void loadClasses() {
        SocketErrors.of(Operation.WAIT, Errno.EMFILE, null);
    }

    /** Takes all descriptors but a few. */
    private static void leave(int some) throws IOException {
        try {
            while (true) {
                TAKEN.push(new FileInputStream("/dev/null"));
            }
        } catch (IOException none) {
            for (int i = 0; i < some; i++) {
                TAKEN.pop().close();
            }
        }
    }

    private static void giveBack() throws IOException {
        while (!TAKEN.isEmpty()) {
            TAKEN.pop().close();
        }
    }
}
