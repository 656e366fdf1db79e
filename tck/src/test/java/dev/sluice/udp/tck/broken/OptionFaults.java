// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck.broken;

import dev.sluice.udp.spi.TransportOption;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/** Faults of a transport's port and options. */
final class OptionFaults {
    static final List<Fault> ALL = List.of(
            // Netty's disconnect: the port is another one afterwards.
            Fault.ofTransport(
                    "port lost on reconnect", "U3_thePortStaysWhileThePeerChanges", sound -> new Faulty(sound) {
                        @Override
                        public InetSocketAddress connect(InetSocketAddress remote) throws IOException {
                            InetSocketAddress local = super.connect(remote);
                            return remote != null
                                    ? local
                                    : new InetSocketAddress(local.getAddress(), local.getPort() ^ 1);
                        }
                    }),

            // A channel that a selector still knows: the port stays taken.
            Fault.ofTransport("port not released", "U7_thePortIsFreeWhenCloseReturns", sound -> new Faulty(sound) {
                @Override
                public void close() {}
            }),

            // Linux's doubled size handed through.
            Fault.ofTransport("buffer size doubled", "U6_bufferSizesReadBackAsTheyWereSet", sound -> new Faulty(sound) {
                @Override
                public long get(TransportOption option) throws IOException {
                    return super.get(option) * (option == TransportOption.UNICAST_HOP_LIMIT ? 1 : 2);
                }
            }),

            // Says that it has a hop limit, and has none.
            Fault.ofTransport("hop limit ignored", "U6_hopLimit", sound -> new Faulty(sound) {
                @Override
                public void set(TransportOption option, long value) throws IOException {
                    if (option != TransportOption.UNICAST_HOP_LIMIT) {
                        super.set(option, value);
                    }
                }
            }));

    private OptionFaults() {}
}
