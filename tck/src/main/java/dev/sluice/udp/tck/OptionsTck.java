// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.ProviderCapability;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketOptions;
import java.net.NetworkInterface;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

/** Options by the JDK's names and by our own (O1), as far as the loopback interface shows them. */
@EnumSource(IpAddressFamily.class)
public abstract class OptionsTck extends RuleTest {
    private static final Set<SocketOption<?>> KNOWN = Set.of(
            StandardSocketOptions.SO_RCVBUF,
            StandardSocketOptions.SO_SNDBUF,
            StandardSocketOptions.SO_BROADCAST,
            StandardSocketOptions.SO_REUSEADDR,
            StandardSocketOptions.SO_REUSEPORT,
            StandardSocketOptions.IP_TOS,
            StandardSocketOptions.IP_MULTICAST_IF,
            StandardSocketOptions.IP_MULTICAST_TTL,
            StandardSocketOptions.IP_MULTICAST_LOOP,
            UdpSocketOptions.UNICAST_HOP_LIMIT,
            UdpSocketOptions.DONT_FRAGMENT,
            UdpSocketOptions.SEGMENTATION_OFFLOAD,
            UdpSocketOptions.MAX_SEGMENTS,
            UdpSocketOptions.RECEIVE_PATH);

    /** Two values of each number, both within any system's limits. */
    private static final Map<SocketOption<Integer>, List<Integer>> NUMBERS = Map.of(
            StandardSocketOptions.SO_RCVBUF, List.of(50_000, 60_000),
            StandardSocketOptions.SO_SNDBUF, List.of(50_000, 60_000),
            StandardSocketOptions.IP_TOS, List.of(0x20, 0x08),
            StandardSocketOptions.IP_MULTICAST_TTL, List.of(7, 255),
            UdpSocketOptions.UNICAST_HOP_LIMIT, List.of(1, 255),
            UdpSocketOptions.MAX_SEGMENTS, List.of(1, 16));

    private static final Map<SocketOption<Integer>, List<Integer>> IMPOSSIBLE = Map.of(
            StandardSocketOptions.SO_RCVBUF, List.of(0, -1),
            StandardSocketOptions.SO_SNDBUF, List.of(0, -1),
            StandardSocketOptions.IP_TOS, List.of(-1, 256),
            StandardSocketOptions.IP_MULTICAST_TTL, List.of(-1, 256),
            UdpSocketOptions.UNICAST_HOP_LIMIT, List.of(0, 256),
            UdpSocketOptions.MAX_SEGMENTS, List.of(0, 129));

    private static final List<SocketOption<Boolean>> SWITCHES = List.of(
            StandardSocketOptions.SO_BROADCAST,
            StandardSocketOptions.SO_REUSEADDR,
            StandardSocketOptions.SO_REUSEPORT,
            StandardSocketOptions.IP_MULTICAST_LOOP,
            UdpSocketOptions.DONT_FRAGMENT,
            UdpSocketOptions.SEGMENTATION_OFFLOAD,
            UdpSocketOptions.RECEIVE_PATH);

    /** For subclasses. */
    protected OptionsTck() {}

    /** An option that no socket has. */
    private record Unknown(String name) implements SocketOption<Integer> {
        @Override
        public Class<Integer> type() {
            return Integer.class;
        }
    }

    @Test
    final void O1_supportedOptionsTellsTheTruth() throws Exception {
        UdpSocket socket = socket();
        Set<SocketOption<?>> supported = socket.supportedOptions();
        assertTrue(supported.contains(StandardSocketOptions.SO_RCVBUF), "every socket has buffers");
        assertEquals(can(ProviderCapability.UNICAST_HOP_LIMIT), supported.contains(UdpSocketOptions.UNICAST_HOP_LIMIT));
        assertEquals(
                can(ProviderCapability.SEGMENTATION_OFFLOAD),
                supported.contains(UdpSocketOptions.SEGMENTATION_OFFLOAD));
        for (SocketOption<?> option : KNOWN) {
            if (supported.contains(option)) {
                socket.getOption(option);
            } else {
                assertCode(ErrorCode.NOT_SUPPORTED, () -> socket.getOption(option));
            }
        }
        Set<SocketOption<?>> others = new HashSet<>(supported);
        others.removeAll(KNOWN);
        assertEquals(Set.of(), others);
        Unknown unknown = new Unknown("UNKNOWN");
        assertCode(ErrorCode.NOT_SUPPORTED, () -> socket.getOption(unknown));
        assertCode(ErrorCode.NOT_SUPPORTED, () -> socket.setOption(unknown, 1));
        assertThrows(UnsupportedOperationException.class, supported::clear);
    }

    @Test
    final void O1_anyOtherIsNotSupportedToSetEither() throws Exception {
        UdpSocket socket = socket();
        for (SocketOption<Boolean> option : SWITCHES) {
            if (!socket.supportedOptions().contains(option)) {
                assertCode(ErrorCode.NOT_SUPPORTED, () -> socket.setOption(option, true));
            }
        }
        NUMBERS.forEach((option, values) -> {
            if (!socket.supportedOptions().contains(option)) {
                assertCode(ErrorCode.NOT_SUPPORTED, () -> socket.setOption(option, values.get(0)));
            }
        });
    }

    @Test
    final void O1_whatIsSetIsReadBackInEveryState() throws Exception {
        UdpSocket socket = socket();
        assertReadBack(socket);
        socket.bind(loopback(0));
        assertReadBack(socket);
        socket.stream(peer().address());
        assertReadBack(socket);
    }

    private void assertReadBack(UdpSocket socket) throws Exception {
        for (SocketOption<Integer> option : NUMBERS.keySet()) {
            for (int value : NUMBERS.get(option)) {
                if (socket.supportedOptions().contains(option)) {
                    socket.setOption(option, value);
                    assertEquals(value, socket.getOption(option), option::toString);
                }
            }
        }
        for (SocketOption<Boolean> option : SWITCHES) {
            for (boolean value : new boolean[] {true, false}) {
                if (socket.supportedOptions().contains(option)) {
                    socket.setOption(option, value);
                    assertEquals(value, socket.getOption(option), option::toString);
                }
            }
        }
    }

    @Test
    final void O1_valuesThatCannotBeAreInvalid() throws Exception {
        UdpSocket socket = socket();
        IMPOSSIBLE.forEach((option, values) -> {
            if (socket.supportedOptions().contains(option)) {
                values.forEach(value -> assertCode(ErrorCode.INVALID_ARGUMENT, () -> socket.setOption(option, value)));
            }
        });
        assertThrows(NullPointerException.class, () -> socket.setOption(StandardSocketOptions.SO_RCVBUF, null));
        assertThrows(NullPointerException.class, () -> socket.getOption(null));
    }

    @Test
    final void O1_theMulticastInterfaceIsNoneUntilItIsSet() throws Exception {
        UdpSocket socket = socket();
        if (socket.supportedOptions().contains(StandardSocketOptions.IP_MULTICAST_IF)) {
            NetworkInterface loopback = NetworkInterface.getByInetAddress(Hosts.loopback(family));
            assertEquals(null, socket.getOption(StandardSocketOptions.IP_MULTICAST_IF));
            socket.setOption(StandardSocketOptions.IP_MULTICAST_IF, loopback);
            assertEquals(loopback, socket.getOption(StandardSocketOptions.IP_MULTICAST_IF));
        }
    }

    @Test
    final void O1_U6_theOldNamesMeanTheSame() throws Exception {
        UdpSocket socket = socket();
        socket.setReceiveBufferSize(55_000);
        assertEquals(55_000, socket.getOption(StandardSocketOptions.SO_RCVBUF));
        socket.setOption(StandardSocketOptions.SO_SNDBUF, 44_000);
        assertEquals(44_000, socket.sendBufferSize());
    }

    @Test
    final void O1_U3_optionsStayWhateverPeerTheSocketGets() throws Exception {
        UdpSocket socket = socket();
        Set<SocketOption<?>> supported = socket.supportedOptions();
        for (SocketOption<Boolean> option : SWITCHES) {
            if (supported.contains(option) && option != UdpSocketOptions.SEGMENTATION_OFFLOAD) {
                socket.setOption(option, true);
            }
        }
        for (SocketOption<Integer> option : NUMBERS.keySet()) {
            if (supported.contains(option)) {
                socket.setOption(option, NUMBERS.get(option).get(0));
            }
        }
        socket.bind(loopback(0));
        socket.stream(peer().address());
        socket.stream();
        socket.stream(peer().address());
        for (SocketOption<Boolean> option : SWITCHES) {
            if (supported.contains(option)) {
                assertTrue(socket.getOption(option), option::toString);
            }
        }
        for (SocketOption<Integer> option : NUMBERS.keySet()) {
            if (supported.contains(option)) {
                assertEquals(NUMBERS.get(option).get(0), socket.getOption(option), option::toString);
            }
        }
    }

    @Test
    final void O1_twoSocketsShareAPortWhereBothAllowIt() throws Exception {
        UdpSocket first = socket();
        if (!first.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
            return;
        }
        UdpSocket second = socket();
        first.setOption(StandardSocketOptions.SO_REUSEPORT, true);
        first.bind(loopback(0));
        UdpSocket greedy = socket();
        assertCode(ErrorCode.ADDRESS_IN_USE, () -> greedy.bind(first.localAddress()));
        second.setOption(StandardSocketOptions.SO_REUSEPORT, true);
        second.bind(first.localAddress());
        var one = first.stream().incoming();
        var other = second.stream().incoming();
        int arrived = 0;
        for (int i = 0; i < 64; i++) { // each from another port, which is what the kernel chooses by
            closing(peer()).send(first.localAddress(), "x");
        }
        int atOne = 0;
        while (arrived < 64) {
            dev.sluice.udp.Pollable.poll(List.of(one.subscribe(), other.subscribe()), patience());
            int more = one.receive(64).size();
            atOne += more;
            arrived += more + other.receive(64).size();
        }
        assertTrue(atOne > 0 && atOne < 64, "each gets some; one got " + atOne);
    }

    @Test
    final void O1_S6_segmentationOffOrBoundedMakesNoDifferenceToWhatArrives() throws Exception {
        UdpSocket socket = bound();
        if (!can(ProviderCapability.SEGMENTATION_OFFLOAD)) {
            return;
        }
        Peer peer = peer();
        List<OutgoingDatagram> run = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            texts.add(String.format("%03d", i));
            run.add(toPeer(texts.get(i)));
        }
        var out = socket.stream(peer.address()).outgoing();
        assertTrue(socket.getOption(UdpSocketOptions.SEGMENTATION_OFFLOAD));
        for (boolean on : new boolean[] {false, true}) {
            for (int most : new int[] {1, 7, 128}) {
                socket.setOption(UdpSocketOptions.SEGMENTATION_OFFLOAD, on);
                socket.setOption(UdpSocketOptions.MAX_SEGMENTS, most);
                assertEquals(40, out.sendAll(run, patience()));
                assertEquals(texts, peer.texts());
            }
        }
        assertFalse(socket.getOption(UdpSocketOptions.MAX_SEGMENTS) > 128);
    }

    @Test
    final void O1_U7_aClosedSocketHasNoOptions() throws Exception {
        UdpSocket socket = socket();
        socket.close();
        assertCode(ErrorCode.INVALID_STATE, () -> socket.getOption(StandardSocketOptions.SO_RCVBUF));
        assertCode(ErrorCode.INVALID_STATE, () -> socket.setOption(StandardSocketOptions.SO_RCVBUF, 50_000));
    }
}
