// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck.broken;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.spi.DatagramTransport;
import dev.sluice.udp.tck.memory.MemoryProvider;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A fault that providers have or had.
 *
 * @param name what is wrong
 * @param tests the tests of the kit that have to notice it
 * @param making makes a provider with the fault
 */
record Fault(String name, List<String> tests, Supplier<UdpSocketProvider> making) {
    /** A fault of a provider's own part, below the SPI; the tests are separated by commas. */
    static Fault ofTransport(String name, String tests, UnaryOperator<DatagramTransport> breaking) {
        return new Fault(
                name, List.of(tests.split(", ")), () -> new MemoryProvider((sound, waiting) -> breaking.apply(sound)));
    }

    /** A fault of a transport that receives runs coalesced. */
    static Fault ofCoalescing(String name, String tests, MemoryProvider.Wrapping breaking) {
        return new Fault(name, List.of(tests.split(", ")), () -> new MemoryProvider(breaking));
    }

    /** A fault of an implementation that isn't built on the SPI. */
    static Fault ofSocket(String name, String tests, UnaryOperator<UdpSocket> breaking) {
        return new Fault(name, List.of(tests.split(", ")), () -> new BrokenProvider(new MemoryProvider(), breaking));
    }

    /** A fault of its outgoing streams. */
    static Fault ofStream(String name, String tests, UnaryOperator<OutgoingDatagramStream> breaking) {
        return ofSocket(name, tests, socket -> new Delegate(socket) {
            @Override
            public DatagramStreams stream(InetSocketAddress remote) throws SocketErrorException {
                DatagramStreams streams = sound.stream(remote);
                return new DatagramStreams(streams.incoming(), breaking.apply(streams.outgoing()));
            }
        });
    }

    @Override
    public String toString() {
        return name;
    }
}
