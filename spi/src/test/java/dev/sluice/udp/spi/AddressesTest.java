package dev.sluice.udp.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.IpAddressFamily;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Which addresses are good, which are the same, and how they stand in the words of an error. */
class AddressesTest {
    @Test
    void E4_anAddressIsWrittenAsAPersonDoes() throws Exception {
        byte[] bytes = {10, 0, 0, 7};
        assertEquals("10.0.0.7:9", Addresses.text(new InetSocketAddress(InetAddress.getByAddress(bytes), 9)));
        assertEquals("10.0.0.7:9", Addresses.text(new InetSocketAddress(InetAddress.getByAddress("host", bytes), 9)));
        assertEquals("[0:0:0:0:0:0:0:1]:9", Addresses.text(new InetSocketAddress("::1", 9)));
        assertEquals("host.example:9", Addresses.text(InetSocketAddress.createUnresolved("host.example", 9)));
    }

    @Test
    void E1_E2_E3_theProblemIsSaidInWords() {
        InetSocketAddress four = new InetSocketAddress("10.0.0.7", 9);
        InetSocketAddress six = new InetSocketAddress("2001:db8::7", 9);
        InetSocketAddress unresolved = InetSocketAddress.createUnresolved("host.example", 9);
        assertNull(Addresses.remoteProblem(IpAddressFamily.IPV4, four));
        assertNull(Addresses.remoteProblem(IpAddressFamily.IPV6, six));
        assertEquals("10.0.0.7:9 is not an IPv6 address", Addresses.remoteProblem(IpAddressFamily.IPV6, four));
        assertEquals(
                "[2001:db8:0:0:0:0:0:7]:9 is not an IPv4 address", Addresses.localProblem(IpAddressFamily.IPV4, six));
        assertEquals("host.example:9 is unresolved", Addresses.localProblem(IpAddressFamily.IPV4, unresolved));
        assertEquals(
                "10.0.0.7:0 has port 0",
                Addresses.remoteProblem(IpAddressFamily.IPV4, new InetSocketAddress("10.0.0.7", 0)));
        assertEquals(
                "0.0.0.0:9 is the unspecified address, which no host has",
                Addresses.remoteProblem(IpAddressFamily.IPV4, new InetSocketAddress("0.0.0.0", 9)));
    }

    private static InetSocketAddress six(int lastByte, int scope, byte... beginning) throws Exception {
        byte[] bytes = Arrays.copyOf(beginning, 16);
        bytes[15] = (byte) lastByte;
        return new InetSocketAddress(Inet6Address.getByAddress(null, bytes, scope), 9);
    }

    @Test
    void E1_whatLooksLikeIpv4() throws Exception {
        assertEquals(
                "[0:0:0:0:0:0:0:7]:9 is not an IPv6 address",
                Addresses.localProblem(IpAddressFamily.IPV6, six(7, -1)),
                "compatible");
        assertNull(Addresses.localProblem(IpAddressFamily.IPV6, six(1, -1)), "loopback");
        assertNull(Addresses.localProblem(IpAddressFamily.IPV6, six(0, -1)), "unspecified");
        byte ff = (byte) 0xff;
        byte o = 0;
        assertEquals(
                "[0:0:0:0:0:ffff:0:7]:9 is not an IPv6 address",
                Addresses.localProblem(IpAddressFamily.IPV6, six(7, -1, o, o, o, o, o, o, o, o, o, o, ff, ff)),
                "mapped");
        assertNull(Addresses.localProblem(IpAddressFamily.IPV6, six(7, -1, o, o, o, o, o, o, o, o, ff, ff)));
        assertNull(Addresses.localProblem(IpAddressFamily.IPV6, six(7, -1, o, o, o, o, o, o, o, o, o, o, ff)));
        assertNull(Addresses.localProblem(IpAddressFamily.IPV6, six(7, -1, o, o, o, o, o, o, o, o, o, o, o, ff)));
    }

    @Test
    void U3_theScopeIsPartOfAnAddress() throws Exception {
        byte fe = (byte) 0xfe;
        byte x80 = (byte) 0x80;
        InetSocketAddress one = six(7, 1, fe, x80);
        assertTrue(Addresses.same(one, six(7, 1, fe, x80)));
        assertFalse(Addresses.same(one, six(7, 2, fe, x80)));
        assertFalse(Addresses.same(one, six(8, 1, fe, x80)));
        assertFalse(Addresses.same(one, new InetSocketAddress(one.getAddress(), 10)));
        assertFalse(Addresses.same(one, null));
        assertFalse(Addresses.same(null, one));
        assertTrue(Addresses.same(null, null));
        InetSocketAddress four = new InetSocketAddress("10.0.0.7", 9);
        assertTrue(Addresses.same(four, new InetSocketAddress("10.0.0.7", 9)));
    }
}
