package dev.sluice.udp.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/** How addresses stand in the words of an error. */
class AddressesTest {
    @Test
    void E4_anAddressIsWrittenAsAPersonDoes() throws Exception {
        byte[] bytes = {10, 0, 0, 7};
        assertEquals("10.0.0.7:9", Addresses.text(new InetSocketAddress(InetAddress.getByAddress(bytes), 9)));
        assertEquals("10.0.0.7:9", Addresses.text(new InetSocketAddress(InetAddress.getByAddress("host", bytes), 9)));
        assertEquals("[0:0:0:0:0:0:0:1]:9", Addresses.text(new InetSocketAddress("::1", 9)));
        assertEquals("host.example:9", Addresses.text(InetSocketAddress.createUnresolved("host.example", 9)));
    }
}
