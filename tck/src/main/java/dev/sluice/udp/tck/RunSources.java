// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.UdpSocket;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** Where runs of datagrams of one size and source come from, and the socket that receives them. */
abstract class RunSources extends RuleTest {
    static final int SIZE = 100;

    UdpSocket socket;
    InetSocketAddress local;
    DatagramStreams streams;

    /** Where runs come from. */
    interface Source {
        InetSocketAddress address();

        void send(List<String> texts) throws Exception;
    }

    @BeforeEach
    final void bind() throws Exception {
        socket = bound();
        local = socket.localAddress();
        streams = socket.stream(null);
    }

    /** A peer, and another socket of the provider, which may send a run segmented so that it arrives coalesced. */
    final List<Source> sources() throws Exception {
        return List.of(plainSource(), ownSource());
    }

    private Source plainSource() {
        Peer peer = peer();
        return new Source() {
            @Override
            public InetSocketAddress address() {
                return peer.address();
            }

            @Override
            public void send(List<String> texts) {
                texts.forEach(text -> peer.send(local, text));
            }
        };
    }

    private Source ownSource() throws Exception {
        UdpSocket sender = bound();
        InetSocketAddress address = sender.localAddress();
        OutgoingDatagramStream out = sender.stream(local).outgoing();
        return new Source() {
            @Override
            public InetSocketAddress address() {
                return address;
            }

            @Override
            public void send(List<String> texts) throws Exception {
                sendAll(out, texts.stream().map(RuleTest::toPeer).toList());
            }
        };
    }

    /** Texts of the same length, each another. */
    static List<String> run(int count) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String number = String.format("%03d ", i);
            texts.add(number + "x".repeat(SIZE - number.length()));
        }
        return texts;
    }

    static List<String> runWithTail(int count, String tail) {
        List<String> texts = run(count);
        texts.add(tail);
        return texts;
    }
}
