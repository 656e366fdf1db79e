// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.Network;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.ProviderCapability;
import dev.sluice.udp.SocketStatistics;
import dev.sluice.udp.UdpSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A socket, its model, and the calls that a script makes on both. */
final class ScriptSocket {
    private static final int HOPS = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    final SocketScript script;
    private final int index;
    final List<DatagramStreams> pairs = new ArrayList<>();
    private final Waiters waiters = new Waiters();
    UdpSocket socket;
    ModelSocket model;
    private int hops;

    ScriptSocket(SocketScript script, int index) throws Exception {
        this.script = script;
        this.index = index;
        create();
    }

    private void create() throws Exception {
        socket = script.provider.createSocket(script.addresses.family);
        model = new ModelSocket();
        pairs.clear();
        hops = HOPS;
    }

    Outcome step(String what, Outcome.Call call) throws Exception {
        String step = "s" + index + "." + what;
        script.steps.add(step);
        Outcome outcome = Outcome.of(call);
        script.steps.set(script.steps.size() - 1, step + " = " + outcome);
        return outcome;
    }

    private void expect(ErrorCode error, Outcome outcome) {
        assertEquals(error, outcome.error());
        assertTrue(error != null || outcome.succeeded());
    }

    void bind(Network network, InetSocketAddress local) throws Exception {
        Outcome outcome = step("bind(" + network + ", " + local + ")", () -> {
            socket.bind(network, local);
            return "done";
        });
        ErrorCode refusal = model.closed ? ErrorCode.INVALID_STATE : script.addresses.refusalOfHost(local);
        if (refusal == null) {
            refusal = model.isBound() ? ErrorCode.INVALID_STATE : script.refusalOfBind(model, network, local);
        }
        if (refusal == null && outcome.error() == ErrorCode.ACCESS_DENIED && local.getPort() != 0) {
            return; // a port below 1024 may be the privileged's
        }
        expect(refusal, outcome);
        if (refusal == null) {
            model.network = network;
            InetSocketAddress actual = socket.localAddress();
            assertTrue(actual.getPort() != 0 && (local.getPort() == 0 || local.getPort() == actual.getPort()));
            assertEquals(local.getAddress(), actual.getAddress());
            model.bound = actual;
        }
    }

    /**
     * Never with itself as the peer: nio sends an empty datagram from a socket that the kernel doesn't know as connected,
     * so that to itself it arrives, as a stranger's.
     */
    void stream(InetSocketAddress wanted) throws Exception {
        boolean itself = wanted != null && model.isBound() && wanted.getPort() == model.bound.getPort();
        InetSocketAddress remote = itself ? script.addresses.closed : wanted;
        Outcome outcome = step("stream(" + remote + ")", () -> {
            pairs.add(socket.stream(remote));
            return "pair " + (pairs.size() - 1);
        });
        if (model.closed || !model.isBound()) {
            expect(ErrorCode.INVALID_STATE, outcome);
            return;
        }
        model.hasPair = false;
        waiters.mustBeCalled();
        ErrorCode refusal = remote == null ? null : script.addresses.refusal(remote);
        if (refusal == null
                && remote != null
                && !model.network.maySendTo(remote)
                && !model.network.mayReceiveFrom(remote)) {
            refusal = ErrorCode.ACCESS_DENIED;
        }
        if (refusal != null) {
            expect(refusal, outcome);
            return;
        }
        model.forgetErrors();
        model.peer = null;
        if (remote != null && remote.equals(script.addresses.unreachable)) {
            expect(ErrorCode.REMOTE_UNREACHABLE, outcome);
            return;
        }
        expect(null, outcome);
        model.peer = remote;
        model.pair = pairs.size() - 1;
        model.hasPair = true;
        model.permit = 0;
    }

    private int pair() {
        int back = script.choices.below(8) == 7 ? 1 : 0; // seldom one that has ended
        return Math.max(0, pairs.size() - 1 - back);
    }

    void checkSend() throws Exception {
        if (!pairs.isEmpty()) {
            checkSend(pair());
        }
    }

    private void checkSend(int pair) throws Exception {
        Outcome outcome =
                step("checkSend@" + pair, () -> pairs.get(pair).outgoing().checkSend());
        if (!model.isLive(pair)) {
            expect(ErrorCode.INVALID_STATE, outcome);
            return;
        }
        expect(null, outcome);
        assertTrue(outcome.count() > 0 && outcome.count() <= OutgoingDatagramStream.MAX_PERMIT);
        model.permit = outcome.count();
    }

    void checkAndSend() throws Exception {
        if (!pairs.isEmpty() && !script.isCrowded()) {
            int pair = pair();
            checkSend(pair);
            new ScriptSend(this, pair).make();
        }
    }

    void send(int times) throws Exception {
        for (int i = 0; i < times && !pairs.isEmpty() && !script.isCrowded(); i++) {
            new ScriptSend(this, pair()).make();
        }
    }

    void receive(int most) throws Exception {
        if (!pairs.isEmpty()) {
            new ScriptReceive(this, pair()).make(most);
        }
    }

    void ready() throws Exception {
        if (pairs.isEmpty()) {
            return;
        }
        int pair = pair();
        Outcome in = step(
                "incoming.ready@" + pair,
                () -> pairs.get(pair).incoming().subscribe().ready());
        Outcome out = step(
                "outgoing.ready@" + pair,
                () -> pairs.get(pair).outgoing().subscribe().ready());
        assertEquals(true, out.value());
        if (mustBeReady(pair)) {
            assertEquals(true, in.value());
        } else if (model.queue.isEmpty() && model.mostErrors == 0) {
            assertEquals(false, in.value());
        }
    }

    /** A busy kernel may take its time: what never comes is found by the call behind this. */
    void awaitWhatMustCome(int pair) throws InterruptedException {
        if (mustBeReady(pair)) {
            pairs.get(pair).incoming().subscribe().block(PATIENCE);
        }
    }

    private boolean mustBeReady(int pair) {
        return !model.isLive(pair)
                || model.leastErrors > 0
                || model.queue.stream().anyMatch(arrived -> model.admits(arrived.source()));
    }

    /** Registers a callback, which must be called once, when something arrives or the pair ends (P3). */
    void await() throws Exception {
        if (!pairs.isEmpty() && !model.closed) {
            int pair = pair();
            step("incoming.onReady@" + pair, () -> {
                waiters.add(pairs.get(pair).incoming().subscribe());
                return "registered";
            });
            if (mustBeReady(pair)) {
                waiters.mustBeCalled();
            }
        }
    }

    void arrived(ModelSocket.Arrived datagram) {
        model.queue.add(datagram);
        if (model.hasPair && model.admits(datagram.source())) {
            waiters.mustBeCalled();
        }
    }

    void refused() {
        waiters.mustBeCalled();
    }

    void look(int at) throws Exception {
        switch (at) {
            case 0 -> {
                Outcome outcome = step("localAddress", socket::localAddress);
                expect(model.closed || !model.isBound() ? ErrorCode.INVALID_STATE : null, outcome);
                if (outcome.succeeded()) {
                    assertLocal((InetSocketAddress) outcome.value());
                }
            }
            case 1 -> {
                Outcome outcome = step("remoteAddress", socket::remoteAddress);
                expect(model.closed || model.peer == null ? ErrorCode.INVALID_STATE : null, outcome);
                assertTrue(!outcome.succeeded() || outcome.value().equals(model.peer));
            }
            case 2 -> setHops(script.choices.octet());
            case 3 -> setHops(script.choices.yes() ? 0 : 256);
            case 4 -> size(script.choices.yes() ? 0 : 300_000, true);
            default -> size(script.choices.yes() ? 0 : Long.MIN_VALUE, false);
        }
    }

    private void assertLocal(InetSocketAddress local) {
        assertEquals(model.bound.getPort(), local.getPort());
        InetAddress expected = model.bound.getAddress();
        if (expected.isAnyLocalAddress() && model.peer != null) {
            expected = script.addresses.sourceTo(model.peer.getAddress());
        }
        assertEquals(expected, local.getAddress());
    }

    private void setHops(int wanted) throws Exception {
        Outcome outcome = step("setUnicastHopLimit(" + wanted + ")", () -> {
            socket.setUnicastHopLimit(wanted);
            return "done";
        });
        Outcome read = step("unicastHopLimit", socket::unicastHopLimit);
        boolean can = script.can(ProviderCapability.UNICAST_HOP_LIMIT);
        boolean valid = wanted > 0 && wanted < 256;
        ErrorCode otherwise = model.closed ? ErrorCode.INVALID_STATE : can ? null : ErrorCode.NOT_SUPPORTED;
        expect(!model.closed && !valid ? ErrorCode.INVALID_ARGUMENT : otherwise, outcome);
        expect(otherwise, read);
        hops = outcome.succeeded() ? wanted : hops;
        assertTrue(!read.succeeded() || read.value().equals(hops));
    }

    private void size(long bytes, boolean receiving) throws Exception {
        Outcome outcome = step("set" + (receiving ? "Receive" : "Send") + "BufferSize(" + bytes + ")", () -> {
            if (receiving) {
                socket.setReceiveBufferSize(bytes);
                return socket.receiveBufferSize();
            }
            socket.setSendBufferSize(bytes);
            return socket.sendBufferSize();
        });
        expect(model.closed ? ErrorCode.INVALID_STATE : bytes == 0 ? ErrorCode.INVALID_ARGUMENT : null, outcome);
    }

    /** Closes it, and looks at its account. */
    void close() throws Exception {
        step("close", () -> {
            socket.close();
            return "done";
        });
        model.closed = true;
        waiters.mustBeCalled();
        waiters.requireAllCalled();
        SocketStatistics statistics = socket.statistics();
        assertEquals(model.sent, statistics.datagramsSent(), "datagrams sent");
        assertEquals(model.received, statistics.datagramsReceived(), "datagrams received");
    }

    /** A new one in its place. */
    void renew() throws Exception {
        close();
        create();
    }
}
