package dev.sluice.udp.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
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
}
