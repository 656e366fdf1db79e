// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.sockets;

import dev.sluice.endive.abi.Call;
import dev.sluice.endive.abi.GuestMemory;
import dev.sluice.endive.abi.Trap;
import dev.sluice.udp.IpAddressFamily;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * Lifts and lowers {@code ip-socket-address}. In memory it has 32 bytes aligned to 4. The discriminant is at 0. IPv4: port
 * at 4, address at 6. IPv6: port at 4, flow information at 8, address at 12, scope id at 28. Flat it has 12 values: the
 * discriminant, then port and 4 bytes, or port, flow, 8 groups and scope.
 *
 * <p>The variant's case decides the family: {@link InetAddress#getByAddress(byte[])} would turn an IPv4-mapped address
 * into an IPv4 address, which would hide it from validation (E1).
 */
final class AddressCodec {
    static final int SIZE = 32;

    private AddressCodec() {}

    /** Lifts an address from its bytes in memory. */
    static InetSocketAddress lift(byte[] bytes, int offset) {
        int port = u16(bytes, offset + 4);
        return switch (bytes[offset]) {
            case 0 ->
                ipv4(port, new byte[] {bytes[offset + 6], bytes[offset + 7], bytes[offset + 8], bytes[offset + 9]});
            case 1 -> {
                byte[] address = new byte[16];
                for (int group = 0; group < 8; group++) { // a group is a little-endian u16
                    address[2 * group] = bytes[offset + 13 + 2 * group];
                    address[2 * group + 1] = bytes[offset + 12 + 2 * group];
                }
                yield ipv6(port, address, u16(bytes, offset + 28) | u16(bytes, offset + 30) << 16);
            }
            default -> throw Trap.badCase(bytes[offset]);
        };
    }

    /** Whether the bytes at two places are the same address, ignoring padding. */
    static boolean isSame(byte[] one, int oneOffset, byte[] other, int otherOffset) {
        if (one[oneOffset] != other[otherOffset]) {
            return false;
        }
        int end = one[oneOffset] == 0 ? 10 : SIZE;
        for (int i = 4; i < end; i++) { // bytes 1 to 3 are padding
            if (one[oneOffset + i] != other[otherOffset + i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Lifts an address from flat arguments, the first of which is the discriminant. Bits above the width of a field are
     * ignored, as the canonical ABI says.
     */
    static InetSocketAddress lift(Call call, int first) {
        int port = call.i32(first + 1) & 0xffff;
        return switch (call.i32(first)) {
            case 0 -> {
                byte[] address = new byte[4];
                for (int i = 0; i < 4; i++) {
                    address[i] = (byte) call.i32(first + 2 + i);
                }
                yield ipv4(port, address);
            }
            case 1 -> {
                byte[] address = new byte[16];
                for (int group = 0; group < 8; group++) {
                    int value = call.i32(first + 3 + group);
                    address[2 * group] = (byte) (value >> 8);
                    address[2 * group + 1] = (byte) value;
                }
                yield ipv6(port, address, call.i32(first + 11));
            }
            default -> throw Trap.badCase(call.i32(first));
        };
    }

    /** Lifts an option of an address, whose discriminant is the first argument; null for none. */
    static InetSocketAddress liftOption(Call call, int first) {
        return switch (call.i32(first)) {
            case 0 -> null;
            case 1 -> lift(call, first + 1);
            default -> throw Trap.badCase(call.i32(first));
        };
    }

    /** Lifts a family from an argument. */
    static IpAddressFamily family(Call call, int index) {
        return switch (call.i32(index)) {
            case 0 -> IpAddressFamily.IPV4;
            case 1 -> IpAddressFamily.IPV6;
            default -> throw Trap.badCase(call.i32(index));
        };
    }

    /** Any address and any port. */
    static InetSocketAddress unspecified(IpAddressFamily family) {
        return family == IpAddressFamily.IPV4 ? ipv4(0, new byte[4]) : ipv6(0, new byte[16], 0);
    }

    /** Writes an address to the guest's memory. */
    static void lower(InetSocketAddress address, GuestMemory memory, int at) {
        byte[] bytes = new byte[SIZE];
        lower(address, bytes, 0);
        memory.putBytes(at, bytes, 0, bytes.length);
    }

    /** Writes all 32 bytes of an address. */
    static void lower(InetSocketAddress address, byte[] bytes, int offset) {
        for (int i = 0; i < SIZE; i++) {
            bytes[offset + i] = 0;
        }
        byte[] raw = address.getAddress().getAddress();
        putU16(bytes, offset + 4, address.getPort());
        if (raw.length == 4) {
            System.arraycopy(raw, 0, bytes, offset + 6, 4);
            return;
        }
        bytes[offset] = 1;
        for (int group = 0; group < 8; group++) {
            bytes[offset + 12 + 2 * group] = raw[2 * group + 1];
            bytes[offset + 13 + 2 * group] = raw[2 * group];
        }
        int scope = ((Inet6Address) address.getAddress()).getScopeId();
        putU16(bytes, offset + 28, scope);
        putU16(bytes, offset + 30, scope >>> 16);
    }

    private static InetSocketAddress ipv4(int port, byte[] address) {
        try {
            return new InetSocketAddress((Inet4Address) InetAddress.getByAddress(address), port);
        } catch (UnknownHostException impossible) { // thrown only for a wrong length
            throw new AssertionError(impossible);
        }
    }

    private static InetSocketAddress ipv6(int port, byte[] address, int scope) {
        // A scope id of Java is not negative, and 0 means none. No interface has an id above 2^31 - 1.
        int known = scope == 0 ? -1 : scope < 0 ? Integer.MAX_VALUE : scope;
        try {
            return new InetSocketAddress(Inet6Address.getByAddress(null, address, known), port);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static int u16(byte[] bytes, int offset) {
        return bytes[offset] & 0xff | (bytes[offset + 1] & 0xff) << 8;
    }

    private static void putU16(byte[] bytes, int offset, int value) {
        bytes[offset] = (byte) value;
        bytes[offset + 1] = (byte) (value >> 8);
    }
}
