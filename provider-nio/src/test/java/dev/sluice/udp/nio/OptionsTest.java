// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.spi.Errno;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OptionsTest {

    @ParameterizedTest
    @EnumSource
    void U6_bufferSizesReadBackAsTheyWereSet(IpAddressFamily family) throws Exception {
        try (Loopback loopback = new Loopback(family);
                UdpSocket socket = loopback.bound()) {
            socket.setReceiveBufferSize(50_000);
            socket.setSendBufferSize(60_000);
            assertEquals(50_000, socket.receiveBufferSize());
            assertEquals(60_000, socket.sendBufferSize());
            socket.setReceiveBufferSize(1);
            socket.setSendBufferSize(-1); // unsigned
            assertTrue(socket.receiveBufferSize() >= 1);
            assertTrue(socket.sendBufferSize() >= 60_000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void U6_hopLimitIsNotSupported(IpAddressFamily family) throws Exception {
        try (Loopback loopback = new Loopback(family);
                UdpSocket socket = loopback.bound()) {
            SocketErrorException get = assertThrows(SocketErrorException.class, socket::unicastHopLimit);
            SocketErrorException set = assertThrows(SocketErrorException.class, () -> socket.setUnicastHopLimit(9));
            assertEquals(ErrorCode.NOT_SUPPORTED, get.errorCode());
            assertEquals(ErrorCode.NOT_SUPPORTED, set.errorCode());
        }
    }

    /** Linux limits the groups of an IPv4 socket (net.ipv4.igmp_max_memberships); the JDK's text has the call behind it. */
    @EnabledOnOs(OS.LINUX)
    @Test
    void O2_E9_tooManyGroupsIsOutOfMemory() throws Exception {
        int most = Integer.parseInt(Files.readAllLines(Path.of("/proc/sys/net/ipv4/igmp_max_memberships"))
                .get(0)); // in one read(2), as such files want it
        NetworkInterface on = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
        try (Loopback loopback = new Loopback(IpAddressFamily.IPV4);
                UdpSocket socket = loopback.bound()) {
            for (int i = 0; i < most; i++) {
                socket.join(group(i), on);
            }
            SocketErrorException error = assertThrows(SocketErrorException.class, () -> socket.join(group(most), on));
            assertEquals(ErrorCode.OUT_OF_MEMORY, error.errorCode());
            assertEquals(Errno.ENOBUFS.number(), error.errno().orElse(0));
        }
    }

    private static InetAddress group(int index) throws IOException {
        return InetAddress.getByAddress(new byte[] {(byte) 239, 77, (byte) (index >> 8), (byte) index});
    }
}
