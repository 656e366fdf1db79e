// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi.semantics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.spi.DatagramTransport;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** V3: a provider ends while sockets are made, and what happens when that fails. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ProviderEndTest {

    @Test
    void V3_theEndWaitsForASocketThatIsBeingMade() throws Exception {
        CountDownLatch opening = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        ScriptedTransport transport = new ScriptedTransport();
        ScriptedProvider provider = new ScriptedProvider(() -> {
            opening.countDown();
            go.await();
            return transport;
        });
        CompletableFuture<UdpSocket> made = new CompletableFuture<>();
        Thread creator = new Thread(() -> {
            try {
                made.complete(provider.createSocket(IpAddressFamily.IPV4));
            } catch (Throwable thrown) {
                made.completeExceptionally(thrown);
            }
        });
        creator.start();
        opening.await();
        Thread closer = new Thread(provider::close);
        closer.start();
        while (closer.getState() != Thread.State.WAITING) {
            assertNotEquals(Thread.State.TERMINATED, closer.getState(), "the provider is still making a socket");
        }
        go.countDown();
        UdpSocket socket = made.get();
        closer.join();
        Scripted.assertCode(ErrorCode.INVALID_STATE, socket::localAddress);
        assertEquals(1, transport.calls().stream().filter("close"::equals).count());
    }

    @Test
    void V3_aClassThatIsMissingIsAnErrorCode() {
        NoClassDefFoundError missing = new NoClassDefFoundError("dev/sluice/Gone");
        try (ScriptedProvider provider = new ScriptedProvider(() -> {
            throw missing;
        })) {
            SocketErrorException error =
                    Scripted.assertCode(ErrorCode.NOT_SUPPORTED, () -> provider.createSocket(IpAddressFamily.IPV4));
            assertSame(missing, error.getCause());
        }
    }

    @Test
    void V3_aTransportThatFailsToCloseLeavesNoOtherOpen() throws Exception {
        AtomicInteger closed = new AtomicInteger();
        List<IllegalStateException> failures =
                List.of(new IllegalStateException("1"), new IllegalStateException("2"), new IllegalStateException("3"));
        ScriptedProvider provider = new ScriptedProvider(() -> (DatagramTransport) Proxy.newProxyInstance(
                DatagramTransport.class.getClassLoader(),
                new Class<?>[] {DatagramTransport.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        throw failures.get(closed.getAndIncrement());
                    }
                    return method.getName().equals("supportedOptions")
                            ? Set.of()
                            : OptionalLong.empty(); // for the ledger
                }));
        List<UdpSocket> sockets = List.of(
                provider.createSocket(IpAddressFamily.IPV4),
                provider.createSocket(IpAddressFamily.IPV4),
                provider.createSocket(IpAddressFamily.IPV4));
        IllegalStateException thrown = assertThrows(IllegalStateException.class, provider::close);
        assertSame(failures.get(0), thrown);
        assertEquals(2, thrown.getSuppressed().length);
        assertEquals(3, closed.get());
        for (UdpSocket socket : sockets) {
            Scripted.assertCode(ErrorCode.INVALID_STATE, socket::localAddress);
        }
    }
}
