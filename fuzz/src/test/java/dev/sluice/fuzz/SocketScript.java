// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.fuzz;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.Network;
import dev.sluice.udp.ProviderCapability;
import dev.sluice.udp.UdpSocketProvider;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Calls in an order that the input decides, on sockets of one provider, each compared with what the model says of it. */
final class SocketScript implements AutoCloseable {
    private static final int SOCKETS = 3;
    private static final int MOST_STEPS = 60;

    /** What a kernel's receive buffer holds in any case, of datagrams as large as a script sends. */
    private static final int MOST_QUEUED = 16;

    final UdpSocketProvider provider;
    final Addresses addresses;
    final Choices choices;
    final List<ScriptSocket> sockets = new ArrayList<>();
    final Fence fence;

    /** What happened, for the message of a failure. */
    final List<String> steps = new ArrayList<>();

    SocketScript(UdpSocketProvider provider, Addresses addresses, Fence fence, byte[] input) throws Exception {
        this.provider = provider;
        this.addresses = addresses;
        this.fence = fence;
        this.choices = new Choices(input);
        for (int i = 0; i < SOCKETS; i++) {
            sockets.add(new ScriptSocket(this, i));
        }
    }

    /** Plays all of it; answers with what came of each step. */
    List<String> play() throws Exception {
        try {
            while (choices.areLeft() && steps.size() < MOST_STEPS) {
                step(sockets.get(choices.below(SOCKETS)));
            }
            for (ScriptSocket socket : sockets) {
                socket.close();
            }
            return steps;
        } catch (AssertionError | Exception e) {
            throw new AssertionError(
                    provider.name() + " " + addresses.family + ": " + String.join("; ", steps) + ": " + e, e);
        }
    }

    private void step(ScriptSocket socket) throws Exception {
        switch (choices.below(16)) {
            case 0, 1 -> socket.bind(Networks.of(choices), local());
            case 2, 3 -> socket.stream(choices.below(3) == 0 ? null : remote());
            case 4 -> socket.checkSend();
            case 5, 6, 7, 8 -> socket.checkAndSend();
            case 9 -> socket.send(1 + choices.below(3));
            case 10, 11, 12 -> socket.receive(choices.below(5));
            case 13 -> socket.ready();
            case 14 -> socket.look(choices.below(6));
            default -> {
                if (choices.below(4) == 0) {
                    socket.renew();
                } else {
                    socket.await();
                }
            }
        }
    }

    private InetAddress host() {
        return addresses.hosts[choices.below(2)];
    }

    /** The port of one of the sockets, or a closed one while it has none. */
    private int port() {
        ModelSocket model = sockets.get(choices.below(SOCKETS)).model;
        return model.isBound() && !model.closed ? model.bound.getPort() : addresses.closed.getPort();
    }

    private InetSocketAddress local() {
        return switch (choices.below(10)) {
            case 0, 1, 2 -> new InetSocketAddress(addresses.any, 0);
            case 3, 4, 5 -> new InetSocketAddress(host(), 0);
            case 6 -> new InetSocketAddress(choices.yes() ? addresses.any : host(), port());
            case 7 -> new InetSocketAddress(addresses.unreachable.getAddress(), 0);
            case 8 -> addresses.withScope(0);
            default -> strange();
        };
    }

    InetSocketAddress remote() {
        return switch (choices.below(12)) {
            case 8 -> addresses.closed;
            case 9 -> addresses.unreachable;
            case 10 -> strange();
            case 11 -> addresses.withScope(port());
            default -> new InetSocketAddress(host(), port());
        };
    }

    private InetSocketAddress strange() {
        return switch (choices.below(5)) {
            case 0 -> addresses.otherFamily;
            case 1 -> addresses.unresolved;
            case 2 -> new InetSocketAddress(addresses.any, addresses.closed.getPort());
            case 3 -> new InetSocketAddress(addresses.hosts[0], 0);
            default -> addresses.mapped();
        };
    }

    /** What the kernel says to a local address that passed validation. */
    ErrorCode refusalOfBind(ModelSocket model, Network network, InetSocketAddress local) {
        if (!network.mayBind(local)) {
            return ErrorCode.ACCESS_DENIED;
        }
        InetAddress host = local.getAddress();
        if (host.equals(addresses.unreachable.getAddress())) {
            return ErrorCode.ADDRESS_NOT_BINDABLE;
        }
        for (ScriptSocket other : sockets) {
            ModelSocket taken = other.model;
            if (taken != model
                    && !taken.closed
                    && taken.isBound()
                    && taken.bound.getPort() == local.getPort()
                    && taken.overlaps(host, addresses)) {
                return ErrorCode.ADDRESS_IN_USE;
            }
        }
        return null;
    }

    /** Whether one of the sockets may have no room for more. */
    boolean isCrowded() {
        return sockets.stream().anyMatch(socket -> socket.model.queue.size() >= MOST_QUEUED);
    }

    /** The socket that the kernel delivers to, or null: before one of all hosts, the one that is bound to the host. */
    ScriptSocket receiver(InetSocketAddress source, InetSocketAddress destination) {
        ScriptSocket receiver = null;
        for (ScriptSocket socket : sockets) {
            ModelSocket model = socket.model;
            if (model.takes(source, destination, addresses)
                    && (receiver == null || !model.bound.getAddress().isAnyLocalAddress())) {
                receiver = socket;
            }
        }
        return receiver;
    }

    boolean can(ProviderCapability capability) {
        return provider.capabilities().contains(capability);
    }

    @Override
    public void close() {
        sockets.forEach(socket -> socket.socket.close());
    }
}
