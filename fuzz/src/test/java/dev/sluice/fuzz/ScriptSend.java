// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.ProviderCapability;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One send, as a list or as a batch, and what the model makes of it. */
final class ScriptSend {
    private static final int[] SIZES = {16, 16, 16, 16, 0, 4, 1200, 3000};

    private final ScriptSocket sender;
    private final SocketScript script;
    private final ModelSocket model;
    private final int pair;
    private final List<InetSocketAddress> remotes = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();

    ScriptSend(ScriptSocket sender, int pair) {
        this.sender = sender;
        this.script = sender.script;
        this.model = sender.model;
        this.pair = pair;
    }

    void make() throws Exception {
        choose();
        List<OutgoingDatagram> list = new ArrayList<>();
        for (int i = 0; i < sizes.size(); i++) {
            list.add(new OutgoingDatagram(payload(i), remotes.get(i)));
        }
        boolean excess = script.choices.below(32) == 31;
        if (excess) { // more than any permit
            list = Collections.nCopies(OutgoingDatagramStream.MAX_PERMIT + 1, new OutgoingDatagram(payload(0), null));
        }
        List<OutgoingDatagram> datagrams = list;
        if (model.leastErrors > 0) {
            sender.awaitWhatMustCome(pair);
        }
        boolean asBatch = !excess && script.choices.yes();
        String what = (asBatch ? "sendBatch@" : "send@") + pair + (excess ? " excess" : sizes + " to " + remotes);
        Outcome outcome = sender.step(what, () -> {
            OutgoingDatagramStream out = sender.pairs.get(pair).outgoing();
            return asBatch ? send(out, datagrams) : (Object) out.send(datagrams);
        });
        script.fence.pass();
        judge(outcome, datagrams.size());
    }

    private void choose() {
        int count = script.choices.below(6);
        InetSocketAddress usual = script.choices.yes() ? null : script.remote();
        int size = SIZES[script.choices.below(SIZES.length)];
        for (int i = 0; i < count; i++) { // mostly alike, so that there are runs
            boolean alike = script.choices.below(4) != 3;
            remotes.add(alike ? usual : script.choices.yes() ? null : script.remote());
            sizes.add(
                    alike
                            ? size
                            : script.choices.below(16) == 15 ? tooLarge() : SIZES[script.choices.below(SIZES.length)]);
        }
    }

    private int tooLarge() {
        return script.addresses.family.maxDatagramSize() + 1;
    }

    private ByteBuffer payload(int i) {
        int size = sizes.isEmpty() ? 0 : sizes.get(i);
        ByteBuffer payload = ByteBuffer.allocate(size);
        if (size >= 4) {
            payload.putInt(0, (int) model.sent + i);
        }
        return payload;
    }

    private static int send(OutgoingDatagramStream out, List<OutgoingDatagram> datagrams) throws Exception {
        int bytes = datagrams.stream()
                .mapToInt(datagram -> datagram.data().remaining())
                .sum();
        DatagramBatch batch = new DatagramBatch(Math.max(1, datagrams.size()), bytes);
        for (OutgoingDatagram datagram : datagrams) {
            assertTrue(batch.add(datagram.remoteAddress(), datagram.data()));
        }
        return out.send(batch, 0, datagrams.size());
    }

    private void judge(Outcome outcome, int count) {
        if (!model.isLive(pair)) {
            assertEquals(ErrorCode.INVALID_STATE, outcome.error());
            return;
        }
        if (count == 0) {
            assertEquals(0, outcome.value());
            return;
        }
        boolean permitted = count <= model.permit;
        model.permit = 0;
        assertEquals(!permitted, outcome.trapped(), "S5");
        if (permitted) {
            judge(outcome);
        }
    }

    private void judge(Outcome outcome) {
        int valid = 0;
        while (valid < sizes.size() && refusal(valid) == null) {
            valid++;
        }
        if (outcome.error() == ErrorCode.CONNECTION_REFUSED) {
            assertTrue(model.mostErrors > 0, "an error that nothing has caused");
            model.errorTold();
            return;
        }
        ErrorCode refusal = valid == 0 ? refusal(0) : null;
        assertEquals(refusal, outcome.error());
        if (refusal != null) {
            return;
        }
        boolean mayHide = sizes.contains(0) && !script.can(ProviderCapability.EMPTY_DATAGRAM_ERRORS);
        assertTrue(model.leastErrors == 0 || mayHide, "S8: a pending error is not told");
        int sent = outcome.count();
        if (model.mostErrors == 0 && !isRefused(0)) {
            assertEquals(valid, sent);
        }
        assertTrue(sent >= 1 && sent <= valid, "sent of " + valid);
        for (int i = 0; i < sent; i++) {
            deliver(i, mayHide);
        }
        model.sent += sent;
    }

    private InetSocketAddress destination(int i) {
        return remotes.get(i) == null ? model.peer : remotes.get(i);
    }

    /** E1 to E6, N1, and what the kernel says at once. */
    private ErrorCode refusal(int i) {
        InetSocketAddress remote = remotes.get(i);
        if (remote == null && model.peer == null) {
            return ErrorCode.INVALID_ARGUMENT;
        }
        if (remote != null && script.addresses.refusal(remote) != null) {
            return ErrorCode.INVALID_ARGUMENT;
        }
        if (remote != null && model.peer != null && !model.peer.equals(remote)) {
            return ErrorCode.INVALID_ARGUMENT;
        }
        if (!model.network.maySendTo(destination(i))) {
            return ErrorCode.ACCESS_DENIED;
        }
        if (sizes.get(i) == tooLarge()) {
            return ErrorCode.DATAGRAM_TOO_LARGE;
        }
        return destination(i).equals(script.addresses.unreachable) ? ErrorCode.REMOTE_UNREACHABLE : null;
    }

    private InetSocketAddress source(InetSocketAddress destination) {
        return new InetSocketAddress(model.sourceTo(destination.getAddress(), script.addresses), model.bound.getPort());
    }

    /** Whether the peer's kernel answers with an error that comes back to this socket. */
    private boolean isRefused(int i) {
        return model.peer != null && script.receiver(source(destination(i)), destination(i)) == null;
    }

    private void deliver(int i, boolean mayHide) {
        InetSocketAddress destination = destination(i);
        ScriptSocket receiver = script.receiver(source(destination), destination);
        if (receiver != null) {
            int size = sizes.get(i);
            receiver.arrived(new ModelSocket.Arrived(source(destination), size >= 4 ? (int) model.sent + i : -1, size));
        } else if (model.peer != null) {
            model.leastErrors = mayHide ? 0 : 1;
            model.mostErrors++;
            sender.refused();
        }
    }
}
