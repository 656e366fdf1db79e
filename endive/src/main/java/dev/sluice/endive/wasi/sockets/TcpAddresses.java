// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.sockets;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.SocketErrorException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;

/** Which addresses TCP can use: unicast ones of the socket's family. */
final class TcpAddresses {
    private TcpAddresses() {}

    static StandardProtocolFamily protocol(IpAddressFamily family) {
        return family == IpAddressFamily.IPV4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
    }

    static boolean isOf(IpAddressFamily family, InetSocketAddress address) {
        return address.getAddress() instanceof Inet4Address == (family == IpAddressFamily.IPV4);
    }

    static void checkLocal(IpAddressFamily family, InetSocketAddress local) throws SocketErrorException {
        InetAddress ip = local.getAddress();
        if (!isOf(family, local) || ip.isMulticastAddress() || isBroadcast(ip) || isMapped(ip)) {
            throw new SocketErrorException(ErrorCode.INVALID_ARGUMENT, "not a unicast address of the socket's family");
        }
    }

    static void checkRemote(IpAddressFamily family, InetSocketAddress remote) throws SocketErrorException {
        checkLocal(family, remote);
        if (remote.getAddress().isAnyLocalAddress() || remote.getPort() == 0) {
            throw new SocketErrorException(ErrorCode.INVALID_ARGUMENT, "an unspecified address, or port 0");
        }
    }

    private static boolean isBroadcast(InetAddress ip) {
        byte[] raw = ip.getAddress();
        return raw.length == 4 && (raw[0] & raw[1] & raw[2] & raw[3]) == -1;
    }

    private static boolean isMapped(InetAddress ip) {
        byte[] raw = ip.getAddress();
        boolean mapped = raw.length == 16 && raw[10] == -1 && raw[11] == -1;
        for (int i = 0; mapped && i < 10; i++) {
            mapped = raw[i] == 0;
        }
        return mapped;
    }
}
