// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.epoll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.ProviderCapability;
import dev.sluice.udp.spi.TransportOption;
import io.netty.channel.epoll.LinuxSocket;
import java.io.File;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the kernel says of a socket. */
class KernelSocketTest {
    private static final int IPPROTO_UDP = 17;
    private static final int UDP_CORK = 1;

    private interface Use {
        void of(KernelSocket socket) throws Exception;
    }

    private static void bound(IpAddressFamily family, InetSocketAddress local, Use use) throws Exception {
        KernelSocket socket = KernelSocket.open(family);
        try {
            socket.bind(local);
            use.of(socket);
        } finally {
            socket.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void S6_theLargestPayloadOfAPacketIsKnownForPathAndDevice(IpAddressFamily family) throws Exception {
        InetSocketAddress loopback = Peer.loopback(family, 0);
        int headers = family == IpAddressFamily.IPV4 ? 28 : 48;
        int mtu = NetworkInterface.getByInetAddress(loopback.getAddress()).getMTU();
        int most = family == IpAddressFamily.IPV4 ? 65_535 : Integer.MAX_VALUE; // of a packet (IP_MAX_MTU)
        bound(family, loopback, socket -> {
            assertEquals(mtu - headers, socket.devicePayload());
            assertEquals(Integer.MAX_VALUE, socket.pathPayload(), "without a peer there is no path");
            socket.connect(socket.localAddress());
            assertEquals(Math.min(mtu, most) - headers, socket.pathPayload());
        });
    }

    @ParameterizedTest
    @EnumSource
    void S6_theWildcardIsNoDevices(IpAddressFamily family) throws Exception {
        InetSocketAddress wildcard = new InetSocketAddress(family == IpAddressFamily.IPV4 ? "0.0.0.0" : "::", 0);
        bound(family, wildcard, socket -> assertEquals(Integer.MAX_VALUE, socket.devicePayload()));
    }

    /** Corked, the kernel holds back what is sent (udp(7)), which nothing else makes it do on loopback. */
    @ParameterizedTest
    @EnumSource
    void C2_aBufferThatIsHalfFullIsNotWritable(IpAddressFamily family) throws Exception {
        bound(family, Peer.loopback(family, 0), socket -> {
            LinuxSocket raw = (LinuxSocket) socket.descriptor();
            socket.options().set(TransportOption.SEND_BUFFER_SIZE, 20_000);
            socket.connect(socket.localAddress());
            assertTrue(socket.isWritable());
            raw.setIntOpt(IPPROTO_UDP, UDP_CORK, 1);
            ByteBuffer memory = ByteBuffer.allocateDirect(24_000);
            assertTrue(socket.send(memory, 0, 24_000, null));
            assertFalse(socket.isWritable());
            assertFalse(socket.send(memory, 0, 0, null), "an empty one");
            assertFalse(socket.isReadable());
            raw.setIntOpt(IPPROTO_UDP, UDP_CORK, 0);
            assertTrue(socket.isReadable());
            assertEquals(24_000, socket.receive(memory, 0, 24_000));
            assertTrue(socket.isWritable());
            assertFalse(socket.isReadable());
        });
    }

    /** Every kernel that runs these tests does, and without it all others would pass, only slowly. */
    @Test
    void S6_thisKernelSegments() {
        assertTrue(Availability.probe().segments());
        try (EpollProvider provider = new EpollProvider()) {
            assertTrue(provider.capabilities().contains(ProviderCapability.SEGMENTATION_OFFLOAD));
        }
    }

    @Test
    void V3_anEndedProviderHasNoDescriptorLeft() throws Exception {
        int rounds = 40;
        useProvider(); // Netty and the JDK keep some for themselves
        int before = openDescriptors();
        for (int i = 0; i < rounds; i++) {
            useProvider();
        }
        int after = openDescriptors();
        assertTrue(after < before + rounds / 2, () -> before + " before, " + after + " after");
    }

    private static void useProvider() throws Exception {
        try (EpollProvider provider = new EpollProvider()) {
            var socket = provider.createSocket(IpAddressFamily.IPV4);
            socket.bind(Peer.loopback(IpAddressFamily.IPV4, 0));
            socket.stream(null).incoming().subscribe().onReady(() -> {});
        }
    }

    private static int openDescriptors() {
        return new File("/proc/self/fd").list().length;
    }
}
