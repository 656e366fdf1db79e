// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.SocketErrorException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;

/**
 * Whether there is IPv6 (U1). The JDK's answer holds for every provider, so that all are alike: no, if the kernel lacks it,
 * if no interface had an IPv6 address when the JVM started (it is disabled by {@code net.ipv6.conf.all.disable_ipv6}, say,
 * while the kernel would still create sockets that reach nothing), or with {@code java.net.preferIPv4Stack}.
 */
final class Ipv6 {
    private Ipv6() {}

    /** The JDK looks once in the life of a JVM; so does this, unless it wasn't told. */
    private static volatile Boolean known;

    static boolean isMissing() {
        Boolean present = known;
        if (present == null) {
            present = ask();
            known = present;
        }
        return present != null && !present;
    }

    /** What {@code createSocket} answers. */
    static SocketErrorException missing() {
        SocketErrorException error = SocketErrors.of(Operation.CREATE, Errno.EAFNOSUPPORT, null);
        return new SocketErrorException(
                error.errorCode(),
                error.getMessage()
                        + ": there is no IPv6. The kernel lacks it, or no interface had an IPv6 address when the JVM"
                        + " started, or java.net.preferIPv4Stack is set",
                error.errno().orElse(0),
                null,
                true);
    }

    /** Null if it can't be known now: for want of a descriptor, which whatever is opened next will be told. */
    private static Boolean ask() {
        try {
            DatagramChannel.open(StandardProtocolFamily.INET6).close();
            return true;
        } catch (UnsupportedOperationException missing) {
            return false;
        } catch (IOException unknown) {
            return null;
        }
    }
}
