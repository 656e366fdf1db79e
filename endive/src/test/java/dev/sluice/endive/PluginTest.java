// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.IncomingDatagram;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSockets;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The README's plug-in, a filter of datagrams, and that the README shows just this. */
class PluginTest {
    // README: begin
    /** Asks a plug-in about each datagram, and returns those that it accepts. */
    static final class DatagramFilter implements AutoCloseable {
        private final WasiInstance plugin;
        private final WasiFunction accept;

        DatagramFilter(Path file) throws Exception {
            WasiHost host = WasiHost.builder(UdpSockets.provider())
                    .function("example:plugins/log", "message", "func(text: string)", arguments -> {
                        System.err.println("refused: " + arguments.get(0));
                        return null;
                    })
                    .build();
            plugin = WasiLibrary.load(file, Limits.standard()).instantiate(host);
            accept = plugin.function(
                    "example:plugins/filter#accept", "func(source: string, port: u16, payload: list<u8>) -> bool");
        }

        List<IncomingDatagram> accepted(List<IncomingDatagram> datagrams) {
            return datagrams.stream().filter(this::isAccepted).toList();
        }

        private boolean isAccepted(IncomingDatagram datagram) {
            byte[] payload = new byte[datagram.data().remaining()];
            datagram.data().duplicate().get(payload);
            InetSocketAddress source = datagram.remoteAddress();
            return (Boolean) accept.call(source.getAddress().getHostAddress(), source.getPort(), payload);
        }

        @Override
        public void close() {
            plugin.close();
        }
    }
    // README: end

    @ParameterizedTest
    @ValueSource(strings = {"plugins/filter", "components/filter"})
    void aPluginDecidesPerDatagram(String guest) throws Exception {
        try (DatagramFilter filter = new DatagramFilter(GuestRun.file(guest));
                UdpSocket sender = UdpSockets.provider().createSocket(IpAddressFamily.IPV4);
                UdpSocket receiver = UdpSockets.provider().createSocket(IpAddressFamily.IPV4)) {
            InetSocketAddress any = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
            receiver.bind(any);
            sender.bind(any);
            var out = sender.stream(receiver.localAddress()).outgoing();
            out.checkSend();
            assertEquals(
                    3,
                    out.send(Stream.of("sluice.sent:1|c", "other:2|c", "sluice.sent:3|c")
                            .map(text -> new OutgoingDatagram(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))))
                            .toList()));
            var in = receiver.stream(null).incoming();
            List<IncomingDatagram> received = new ArrayList<>();
            while (received.size() < 3) {
                in.subscribe().block();
                received.addAll(in.receive(3));
            }
            assertEquals(
                    List.of("sluice.sent:1|c", "sluice.sent:3|c"),
                    filter.accepted(received).stream()
                            .map(datagram -> StandardCharsets.UTF_8
                                    .decode(datagram.data())
                                    .toString())
                            .toList());
            assertEquals(
                    1L,
                    filter.plugin
                            .function("example:plugins/filter#refused", "func() -> u64")
                            .call());
        }
    }

    @Test
    void isWhatTheReadmeShows() throws Exception {
        String source = Files.readString(Path.of("src/test/java/dev/sluice/endive/PluginTest.java"));
        int begin = source.indexOf("// README: begin\n") + "// README: begin\n".length();
        String shown = source.substring(begin, source.indexOf("    // README: end\n"))
                .stripTrailing()
                .stripIndent();
        assertTrue(Files.readString(Path.of("README.md")).contains("```java\n" + shown + "\n```"));
    }
}
