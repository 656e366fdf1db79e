// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.SocketErrorException;
import java.io.IOException;
import java.net.SocketOption;
import java.util.Objects;
import java.util.Set;

/** The options of one socket (O1), and the old names for some of them (U6). */
final class SocketOptions {
    private static final int MAX_HOPS = 255;

    private final SocketCore core;

    SocketOptions(SocketCore core) {
        this.core = core;
    }

    Set<SocketOption<?>> supported() {
        return OptionBindings.names(this::isSupported);
    }

    /** IPv6 has no broadcast. */
    private boolean isSupported(TransportOption option) {
        return core.supportedOptions.contains(option)
                && (option != TransportOption.BROADCAST || core.family == IpAddressFamily.IPV4);
    }

    <T> T get(SocketOption<T> option) throws SocketErrorException {
        OptionBindings.Binding<T> binding = binding(option);
        return binding.ofTransport().apply(get(binding.option()));
    }

    <T> void set(SocketOption<T> option, T value) throws SocketErrorException {
        OptionBindings.Binding<T> binding = binding(option);
        DefaultUdpSocket.require(binding.problem().apply(Objects.requireNonNull(value, "value")));
        set(binding.option(), binding.toTransport().applyAsLong(value));
    }

    private <T> OptionBindings.Binding<T> binding(SocketOption<T> option) throws SocketErrorException {
        Objects.requireNonNull(option, "option");
        core.ensureOpen();
        OptionBindings.Binding<T> binding = OptionBindings.of(option);
        if (binding == null || !isSupported(binding.option())) {
            throw new SocketErrorException(
                    ErrorCode.NOT_SUPPORTED,
                    "this socket has no option " + option.name() + "; supportedOptions() says which it has");
        }
        return binding;
    }

    void setHopLimit(int hops) throws SocketErrorException {
        core.ensureOpen();
        DefaultUdpSocket.require(
                hops >= 1 && hops <= MAX_HOPS ? null : "a hop limit of " + hops + "; 1 to 255 are possible");
        set(TransportOption.UNICAST_HOP_LIMIT, hops);
    }

    void setBufferSize(TransportOption option, long bytes) throws SocketErrorException {
        core.ensureOpen();
        DefaultUdpSocket.require(bytes != 0 ? null : "a buffer of 0 bytes");
        boolean huge = bytes < 0 || bytes > Integer.MAX_VALUE; // WASI's sizes are unsigned
        set(option, huge ? Integer.MAX_VALUE : bytes);
    }

    long get(TransportOption option) throws SocketErrorException {
        core.lockBoth();
        try {
            core.ensureOpen();
            return option == TransportOption.MULTICAST_INTERFACE // which Linux tells by its address
                    ? core.lastSet(option)
                    : core.transport.get(option);
        } catch (IOException e) {
            throw SocketErrors.of(Operation.OPTION, e);
        } finally {
            core.unlockBoth();
        }
    }

    private void set(TransportOption option, long value) throws SocketErrorException {
        core.lockBoth();
        try {
            core.ensureOpen();
            core.set(option, value);
        } catch (IOException e) {
            throw SocketErrors.of(Operation.OPTION, e);
        } finally {
            core.unlockBoth();
        }
    }
}
