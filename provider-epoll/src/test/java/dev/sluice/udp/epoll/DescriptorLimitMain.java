// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.epoll;

import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import java.util.ArrayList;
import java.util.List;

/** Run in a JVM of its own: opens sockets until there is an error, and says which. */
final class DescriptorLimitMain {
    private DescriptorLimitMain() {}

    public static void main(String[] args) throws Exception {
        loadClasses();
        for (IpAddressFamily family : IpAddressFamily.values()) { // the second finds the descriptors of the first
            List<UdpSocket> open = new ArrayList<>();
            try (EpollProvider provider = new EpollProvider()) {
                for (int i = 0; i < 1_000; i++) {
                    open.add(provider.createSocket(family));
                }
            } catch (SocketErrorException e) {
                System.out.println(
                        family + " " + e.errorCode().witName() + " " + e.errno().orElse(0));
            }
        }
    }

    /** Where classes lie in folders, loading one takes a descriptor. */
    private static void loadClasses() throws Exception {
        try (EpollProvider provider = new EpollProvider();
                UdpSocket taken = provider.createSocket(IpAddressFamily.IPV4);
                UdpSocket socket = provider.createSocket(IpAddressFamily.IPV4)) {
            taken.bind(Peer.loopback(IpAddressFamily.IPV4, 0));
            socket.bind(taken.localAddress());
        } catch (SocketErrorException expected) {
            String loaded = expected.errorCode().witName() + expected.errno();
            assert !loaded.isEmpty();
        }
    }
}
