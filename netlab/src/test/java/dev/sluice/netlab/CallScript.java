// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.netlab;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** A sequence of calls on one socket, to be played on any provider. */
final class CallScript {
    static final int PORT = 7300;

    private static final String HOPS = "hops ";
    private static final int NO_INTERFACE = 999;
    private static final int[] SIZES = {0, 1, 1_000, 1_472, 1_473, 9_000, 65_507, 65_508, 65_527, 65_528, 70_000};
    private static final int[] NUMBERS = {0, 1, 64, 255, 256, 5_000, 100_000};

    /** One call: what it is, and how it is made. */
    private record Call(String text, Action action) {}

    @FunctionalInterface
    private interface Action {
        Object run(State state) throws IOException;
    }

    private static final class State {
        final UdpSocket socket;
        DatagramStreams streams;

        State(UdpSocket socket) {
            this.socket = socket;
        }
    }

    private final Family family;
    private final List<Call> calls = new ArrayList<>();

    private CallScript(Family family) {
        this.family = family;
    }

    static CallScript random(Family family, Random random, int length) throws IOException {
        CallScript script = new CallScript(family);
        List<InetSocketAddress> addresses = addresses();
        if (random.nextInt(4) > 0) { // else it is likely to stay unbound for long
            script.addBind(random, addresses);
        }
        while (script.calls.size() < length) {
            switch (random.nextInt(10)) {
                case 0 -> script.addBind(random, addresses);
                case 1, 2, 3 -> script.addStream(random, addresses);
                case 4, 5, 6, 7 -> script.addSend(random, addresses);
                case 8 -> script.addOption(random);
                default -> script.addQuestion();
            }
        }
        return script;
    }

    /** Of every kind, of both families. Ports at which something listens, or none. */
    private static List<InetSocketAddress> addresses() throws IOException {
        int here = NetworkInterface.getByName("here").getIndex();
        List<InetAddress> hosts = new ArrayList<>();
        for (String host : new String[] {
            "127.0.0.1", "10.77.0.1", "10.77.0.2", "10.77.0.255", "255.255.255.255", "224.0.0.1", "192.0.2.1", "0.0.0.0"
        }) {
            hosts.add(InetAddress.getByName(host));
        }
        for (String hex : new String[] {
            "00000000000000000000000000000001", // loopback
            "00000000000000000000000000000000", // unspecified
            "00000000000000000000ffff7f000001", // IPv4-mapped
            "0000000000000000000000007f000001", // IPv4-compatible
            "fd770000000000000000000000000001", // ours
            "fd770000000000000000000000000002", // the peer's
            "fe800000000000000000000000770001", // ours, link-local
            "fe800000000000000000000000770002", // the peer's, link-local
            "ff020000000000000000000000000001", // groups of a link, a site, the world
            "ff050000000000000000000000000001",
            "ff0e0000000000000000000000000001",
            "20010db8000000000000000000000001" // without a route
        }) {
            for (int scope : new int[] {-1, here, NO_INTERFACE}) {
                hosts.add(Inet6Address.getByAddress(null, HexFormat.of().parseHex(hex), scope));
            }
        }
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (InetAddress host : hosts) {
            addresses.add(new InetSocketAddress(host, PORT));
        }
        addresses.add(InetSocketAddress.createUnresolved("host.invalid", PORT));
        return addresses;
    }

    private InetSocketAddress any(Random random, List<InetSocketAddress> addresses, int otherPort) {
        InetSocketAddress address;
        do { // the other family's are all refused alike, and soon
            address = addresses.get(random.nextInt(addresses.size()));
        } while (address.getAddress() != null
                && address.getAddress() instanceof Inet6Address != (family == Family.IPV6)
                && random.nextInt(5) > 0);
        return address.isUnresolved() || random.nextInt(6) > 0
                ? address
                : new InetSocketAddress(address.getAddress(), otherPort);
    }

    private void addBind(Random random, List<InetSocketAddress> addresses) {
        boolean usual = random.nextInt(2) == 0;
        InetSocketAddress chosen = any(random, addresses, 9);
        InetSocketAddress local = usual
                ? family.any()
                : chosen.isUnresolved() || chosen.getPort() == 9 || random.nextInt(8) == 0
                        ? chosen
                        : new InetSocketAddress(chosen.getAddress(), 0);
        calls.add(new Call("bind " + text(local), state -> {
            state.socket.bind(local);
            return "done";
        }));
    }

    private void addStream(Random random, List<InetSocketAddress> addresses) {
        InetSocketAddress remote = random.nextInt(4) == 0 ? null : any(random, addresses, 0);
        calls.add(new Call("stream " + text(remote), state -> {
            state.streams = state.socket.stream(remote);
            return "done";
        }));
    }

    private void addSend(Random random, List<InetSocketAddress> addresses) {
        InetSocketAddress remote = random.nextInt(3) == 0 ? null : any(random, addresses, 0);
        int size = SIZES[random.nextInt(SIZES.length)];
        OutgoingDatagram datagram = new OutgoingDatagram(ByteBuffer.allocate(size), remote);
        calls.add(new Call("send " + size + " " + text(remote), state -> {
            if (state.streams == null) {
                return "no streams";
            }
            state.streams.outgoing().checkSend();
            return state.streams.outgoing().send(List.of(datagram));
        }));
    }

    private void addOption(Random random) {
        int number = NUMBERS[random.nextInt(NUMBERS.length)];
        switch (random.nextInt(3)) {
            case 0 ->
                calls.add(new Call(HOPS + number, state -> {
                    state.socket.setUnicastHopLimit(number);
                    return state.socket.unicastHopLimit();
                }));
            case 1 ->
                calls.add(new Call("receive buffer " + number, state -> {
                    state.socket.setReceiveBufferSize(number);
                    return state.socket.receiveBufferSize();
                }));
            default ->
                calls.add(new Call("send buffer " + number, state -> {
                    state.socket.setSendBufferSize(Math.max(number, number == 0 ? 0 : 100_000)); // so that none fills
                    return state.socket.sendBufferSize();
                }));
        }
    }

    private void addQuestion() {
        calls.add(new Call(
                "addresses",
                state ->
                        text(withoutPort(state.socket.localAddress())) + " and " + text(state.socket.remoteAddress())));
    }

    private static InetSocketAddress withoutPort(InetSocketAddress address) {
        return new InetSocketAddress(address.getAddress(), 0);
    }

    private static String text(InetSocketAddress address) {
        return address == null ? "none" : address.toString();
    }

    /** What each call answered. */
    List<String> play(UdpSocketProvider provider) throws IOException {
        List<String> answers = new ArrayList<>();
        try (UdpSocket socket = provider.createSocket(family.address)) {
            State state = new State(socket);
            for (Call call : calls) {
                answers.add(call.text + " -> " + answer(call, state));
            }
        }
        return answers;
    }

    private static String answer(Call call, State state) throws IOException {
        try {
            return String.valueOf(call.action.run(state));
        } catch (SocketErrorException e) {
            return e.errorCode().witName() + (e.concernsEarlierDatagram() ? ", of an earlier one" : "");
        }
    }

    /** An answer where not every provider can set the hop limit. */
    static String withoutHops(String answer) {
        return answer.startsWith(HOPS) ? HOPS : answer;
    }
}
