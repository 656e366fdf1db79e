// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.ProviderCapability;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** V3, where an application keeps its sockets and not the provider, as with {@code UdpSockets.provider()} in OSGi. */
class ForgottenProviderTest {
    private static final InetSocketAddress LOCAL = new InetSocketAddress("127.0.0.1", 9);

    private static final AtomicInteger CLOSED = new AtomicInteger();

    private static final class Forgotten extends TransportProvider {
        @Override
        protected DatagramTransport open(IpAddressFamily family) {
            return (DatagramTransport) Proxy.newProxyInstance(
                    DatagramTransport.class.getClassLoader(),
                    new Class<?>[] {DatagramTransport.class},
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("close")) {
                            CLOSED.incrementAndGet();
                        }
                        return switch (method.getName()) {
                            case "bind" -> LOCAL;
                            case "droppedByKernel" -> OptionalLong.empty();
                            default -> null;
                        };
                    });
        }

        @Override
        public String name() {
            return "forgotten";
        }

        @Override
        public int priority() {
            return 0;
        }

        @Override
        public Set<ProviderCapability> capabilities() {
            return Set.of();
        }
    }

    @Test
    void V3_openSocketKeepsItsProviderFromBeingForgotten() throws Exception {
        UdpSocket socket = new Forgotten().createSocket(IpAddressFamily.IPV4);
        socket.bind(LOCAL);
        collectGarbage();
        assertEquals(LOCAL, socket.localAddress());
        int closed = CLOSED.get();
        TransportProvider.closeAllOf(Forgotten.class.getClassLoader()); // its bundle stops
        assertEquals(closed + 1, CLOSED.get());
        SocketErrorException error = assertThrows(SocketErrorException.class, socket::localAddress);
        assertEquals(ErrorCode.INVALID_STATE, error.errorCode());
    }

    @Test
    void V3_aClosedSocketIsForgottenByItsProvider() throws Exception {
        try (Forgotten provider = new Forgotten()) {
            WeakReference<UdpSocket> closed = openAndClose(provider);
            collectGarbage();
            assertNull(closed.get());
        }
    }

    private static WeakReference<UdpSocket> openAndClose(TransportProvider provider) throws Exception {
        UdpSocket socket = provider.createSocket(IpAddressFamily.IPV4);
        socket.close();
        return new WeakReference<>(socket);
    }

    private static void collectGarbage() {
        WeakReference<Object> canary = new WeakReference<>(new Object());
        for (int i = 0; i < 1000 && canary.get() != null; i++) {
            System.gc();
        }
    }
}
