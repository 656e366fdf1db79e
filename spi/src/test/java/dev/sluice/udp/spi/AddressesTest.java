// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
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
                "[2001:db8:0:0:0:0:0:7]:9 is not an IPv4 address", Addresses.bindProblem(IpAddressFamily.IPV4, six));
        assertEquals("host.example:9 is unresolved", Addresses.bindProblem(IpAddressFamily.IPV4, unresolved));
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
                Addresses.bindProblem(IpAddressFamily.IPV6, six(7, -1)),
                "compatible");
        assertNull(Addresses.bindProblem(IpAddressFamily.IPV6, six(1, -1)), "loopback");
        assertNull(Addresses.bindProblem(IpAddressFamily.IPV6, six(0, -1)), "unspecified");
        byte ff = (byte) 0xff;
        byte o = 0;
        assertEquals(
                "[0:0:0:0:0:ffff:0:7]:9 is not an IPv6 address",
                Addresses.bindProblem(IpAddressFamily.IPV6, six(7, -1, o, o, o, o, o, o, o, o, o, o, ff, ff)),
                "mapped");
        assertNull(Addresses.bindProblem(IpAddressFamily.IPV6, six(7, -1, o, o, o, o, o, o, o, o, ff, ff)));
        assertNull(Addresses.bindProblem(IpAddressFamily.IPV6, six(7, -1, o, o, o, o, o, o, o, o, o, o, ff)));
        assertNull(Addresses.bindProblem(IpAddressFamily.IPV6, six(7, -1, o, o, o, o, o, o, o, o, o, o, o, ff)));
    }

    private static final byte FE = (byte) 0xfe;
    private static final byte FF = (byte) 0xff;
    private static final byte X80 = (byte) 0x80;
    private static final byte XBF = (byte) 0xbf;
    private static final byte XC0 = (byte) 0xc0;

    @Test
    void E4_theScopeCountsForLinkLocalAddresses() throws Exception {
        InetSocketAddress one = six(7, 1, FE, X80);
        assertTrue(Addresses.same(one, six(7, 1, FE, X80)));
        assertFalse(Addresses.same(one, six(7, 2, FE, X80)));
        assertFalse(Addresses.same(one, six(7, -1, FE, X80)));
        assertFalse(Addresses.same(one, six(8, 1, FE, X80)));
        assertFalse(Addresses.same(one, new InetSocketAddress(one.getAddress(), 10)));
        assertFalse(Addresses.same(one, null));
        assertFalse(Addresses.same(null, one));
        assertTrue(Addresses.same(null, null));
        InetSocketAddress four = new InetSocketAddress("10.0.0.7", 9);
        assertTrue(Addresses.same(four, new InetSocketAddress("10.0.0.7", 9)));
    }

    @Test
    void E4_linkLocalIsWhatTheKernelCallsSo() throws Exception {
        byte[][] counts = {{FE, X80}, {FE, XBF}, {FF, 0x02}, {FF, 0x12}, {FF, 0x01}, {FF, 0x31}};
        for (byte[] beginning : counts) {
            InetSocketAddress one = six(7, 1, beginning);
            assertFalse(Addresses.same(one, six(7, 2, beginning)), one::toString);
            assertFalse(Addresses.isPeer(one, six(7, 2, beginning)), one::toString);
            assertTrue(Addresses.isPeer(one, six(7, 1, beginning)), one::toString);
            assertTrue(Addresses.isPeer(one, six(7, -1, beginning)), one::toString);
        }
        byte[][] ignored = {{FE, XC0}, {(byte) 0xfd, 0x77}, {0x20, 0x01}, {FF, 0x05}, {FF, 0x0e}, {0, 0}};
        for (byte[] beginning : ignored) {
            InetSocketAddress one = six(1, 1, beginning);
            assertTrue(Addresses.same(one, six(1, 2, beginning)), one::toString);
            assertTrue(Addresses.same(one, six(1, -1, beginning)), one::toString);
            assertTrue(Addresses.isPeer(one, six(1, 2, beginning)), one::toString);
            assertFalse(Addresses.isPeer(one, six(2, 1, beginning)), one::toString);
        }
    }

    @Test
    void E4_aMissingScopeIsThatOfTheLinkBoundTo() throws Exception {
        InetSocketAddress bound = six(1, 3, FE, X80);
        InetSocketAddress remote = six(7, -1, FE, X80);
        assertTrue(Addresses.same(six(7, 3, FE, X80), Addresses.onLinkOf(bound, remote)));
        InetSocketAddress elsewhere = six(7, 4, FE, X80);
        assertSame(elsewhere, Addresses.onLinkOf(bound, elsewhere));
        InetSocketAddress global = six(7, -1, (byte) 0xfd);
        assertSame(global, Addresses.onLinkOf(bound, global));
        assertSame(remote, Addresses.onLinkOf(six(0, -1), remote));
        assertSame(remote, Addresses.onLinkOf(six(1, 3), remote), "::1%lo is bound to no link");
    }

    @Test
    void U2_aLinkLocalAddressToBindToSaysOnWhichLink() throws Exception {
        assertNull(Addresses.bindProblem(IpAddressFamily.IPV6, six(1, 3, FE, X80)));
        assertEquals(
                "[fe80:0:0:0:0:0:0:1]:9 is link-local, and doesn't say on which interface: write it with a scope id,"
                        + " as in [fe80::1%eth0]",
                Addresses.bindProblem(IpAddressFamily.IPV6, six(1, -1, FE, X80)));
        assertNull(
                Addresses.remoteProblem(IpAddressFamily.IPV6, six(1, -1, FE, X80)), "the socket may be bound to one");
    }

    @Test
    void U3_aLinkLocalPeerIsOnALink() throws Exception {
        assertNotNull(Addresses.peerProblem(six(1, -1, FE, X80)));
        assertNull(Addresses.peerProblem(six(1, 3, FE, X80)));
        assertNull(Addresses.peerProblem(six(1, -1, FF, (byte) 0x02)), "an option may say on which");
        assertNull(Addresses.peerProblem(six(1, -1)));
        assertNull(Addresses.peerProblem(new InetSocketAddress("169.254.0.1", 9)));
    }

    @Test
    void U2_broadcastAddressesThatTheJdkBindsToNowhere() {
        assertTrue(Addresses.isUnbindableBroadcast(new InetSocketAddress("255.255.255.255", 9)));
        assertTrue(Addresses.isUnbindableBroadcast(new InetSocketAddress("127.1.2.255", 9)));
        assertFalse(Addresses.isUnbindableBroadcast(new InetSocketAddress("127.0.0.1", 9)));
        assertFalse(Addresses.isUnbindableBroadcast(new InetSocketAddress("10.0.0.255", 9)));
        assertFalse(Addresses.isUnbindableBroadcast(new InetSocketAddress("7f00::ff", 9)));
    }
}
