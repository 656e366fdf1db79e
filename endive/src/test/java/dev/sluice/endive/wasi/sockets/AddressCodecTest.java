// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.sockets;

import static dev.sluice.endive.Assembler.bytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.endive.abi.Call;
import dev.sluice.endive.abi.Trap;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/** ip-socket-address, in memory and flat. */
class AddressCodecTest {
    // discriminant, 3 bytes of padding, port, address, and bytes that belong to the other case
    private static final byte[] IPV4 = bytes(
            0, 9, 9, 9, 0x35, 0x14, 192, 0, 2, 7, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9);

    // discriminant, padding, port, padding, flow, eight little-endian groups, scope
    private static final byte[] IPV6 = bytes(
            1, 0, 0, 0, 0x35, 0x14, 0, 0, 0, 0, 0, 0, 0x80, 0xfe, 0, 0, 0, 0, 0, 0, 0x34, 0x12, 0, 0, 0, 0, 0xcd, 0xab,
            3, 0, 0, 0);

    @Test
    void ipv4FromMemory() throws Exception {
        InetSocketAddress address = AddressCodec.lift(IPV4, 0);
        assertEquals(new InetSocketAddress(InetAddress.getByName("192.0.2.7"), 0x1435), address);
    }

    @Test
    void ipv6FromMemoryWithItsScope() throws Exception {
        InetSocketAddress address = AddressCodec.lift(IPV6, 0);
        assertEquals(0x1435, address.getPort());
        assertEquals(InetAddress.getByName("fe80::1234:0:0:abcd"), address.getAddress());
        assertEquals(3, ((Inet6Address) address.getAddress()).getScopeId());
    }

    @Test
    void whatIsLoweredIsWhatWasLifted() {
        byte[] bytes = new byte[33];
        bytes[1] = 99;
        AddressCodec.lower(AddressCodec.lift(IPV6, 0), bytes, 1);
        assertArrayEquals(IPV6, java.util.Arrays.copyOfRange(bytes, 1, 33));
        AddressCodec.lower(AddressCodec.lift(IPV4, 0), bytes, 1);
        assertTrue(AddressCodec.isSame(IPV4, 0, bytes, 1));
    }

    @Test
    void E1_aMappedAddressStaysIpv6() {
        byte[] mapped = IPV6.clone();
        for (int i = 12; i < 28; i++) {
            mapped[i] = (byte) (i == 22 || i == 23 ? 0xff : i > 23 ? 1 : 0);
        }
        assertInstanceOf(Inet6Address.class, AddressCodec.lift(mapped, 0).getAddress());
        assertEquals(16, AddressCodec.lift(mapped, 0).getAddress().getAddress().length);
    }

    @Test
    void flatArgumentsAreTheSameAddress() {
        long[] v4 = {0, 0x1435, 192, 0, 2, 7, 0, 0, 0, 0, 0, 0};
        assertEquals(AddressCodec.lift(IPV4, 0), AddressCodec.lift(new Call(null, null, v4), 0));
        long[] v6 = {1, 0x1435, 0, 0xfe80, 0, 0, 0, 0x1234, 0, 0, 0xabcd, 3};
        assertEquals(AddressCodec.lift(IPV6, 0), AddressCodec.lift(new Call(null, null, v6), 0));
    }

    @Test
    void flatArgumentsAreWrappedToTheirWidth() {
        long[] v4 = {0, 0x5_1435, 0x1c0, -256, 2, 7, 0, 0, 0, 0, 0, 0};
        assertEquals(AddressCodec.lift(IPV4, 0), AddressCodec.lift(new Call(null, null, v4), 0));
    }

    @Test
    void anOptionIsNoneOrAnAddress() {
        assertNull(AddressCodec.liftOption(new Call(null, null, new long[13]), 0));
        long[] some = {1, 0, 0x1435, 192, 0, 2, 7, 0, 0, 0, 0, 0, 0};
        assertEquals(AddressCodec.lift(IPV4, 0), AddressCodec.liftOption(new Call(null, null, some), 0));
        some[0] = 2;
        assertThrows(Trap.class, () -> AddressCodec.liftOption(new Call(null, null, some), 0));
    }

    @Test
    void aThirdCaseTraps() {
        byte[] third = IPV4.clone();
        third[0] = 2;
        assertThrows(Trap.class, () -> AddressCodec.lift(third, 0));
        long[] flat = {2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        assertThrows(Trap.class, () -> AddressCodec.lift(new Call(null, null, flat), 0));
    }

    @Test
    void sameMeansEveryByteThatCounts() {
        byte[] other = IPV4.clone();
        other[1] = 7; // padding
        other[31] = 7; // of the other case
        assertTrue(AddressCodec.isSame(IPV4, 0, other, 0));
        for (int i : new int[] {0, 4, 5, 6, 7, 8, 9}) {
            byte[] changed = IPV4.clone();
            changed[i] ^= 1;
            assertFalse(AddressCodec.isSame(IPV4, 0, changed, 0), "byte " + i);
        }
        for (int i : new int[] {0, 4, 5, 12, 27, 28, 31}) {
            byte[] changed = IPV6.clone();
            changed[i] ^= 1;
            assertFalse(AddressCodec.isSame(IPV6, 0, changed, 0), "byte " + i);
        }
    }
}
