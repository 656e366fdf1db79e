// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.sockets;

import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The options of a socket that listens, which its connections inherit. The kernel does that, but Java's channel that listens
 * is another one than the guest has set them on, and does not have most of them.
 */
final class InheritedOptions {
    private static final List<SocketOption<?>> ALL = List.of(
            StandardSocketOptions.SO_KEEPALIVE,
            TcpOptions.IDLE,
            TcpOptions.INTERVAL,
            TcpOptions.COUNT,
            StandardSocketOptions.SO_RCVBUF,
            StandardSocketOptions.SO_SNDBUF);

    private final Map<SocketOption<?>, Object> values = new ConcurrentHashMap<>();

    /**
     * Those that the guest has set, with the values it gave, which alone are applied: setting a buffer's size ends the
     * kernel's own tuning of it, and reads back doubled (socket(7)).
     */
    private final Map<SocketOption<?>, Object> requested;

    /** Those of a channel as it is now, of which the guest has set some. */
    InheritedOptions(SocketChannel bound, Map<SocketOption<?>, Object> requested) throws IOException {
        this.requested = new ConcurrentHashMap<>(requested);
        for (SocketOption<?> option : ALL) {
            if (bound.supportedOptions().contains(option)) {
                values.put(option, bound.getOption(option));
            }
        }
    }

    <T> T get(SocketOption<T> option) {
        Object value = values.get(option);
        if (value == null) {
            throw new UnsupportedOperationException(option.name());
        }
        return option.type().cast(value);
    }

    <T> void set(SocketOption<T> option, T value) {
        get(option);
        values.put(option, value);
        requested.put(option, value);
    }

    void apply(NetworkChannel channel) throws IOException {
        for (Map.Entry<SocketOption<?>, Object> option : requested.entrySet()) {
            if (channel.supportedOptions().contains(option.getKey())) {
                apply(channel, option.getKey(), option.getValue());
            }
        }
    }

    private static <T> void apply(NetworkChannel channel, SocketOption<T> option, Object value) throws IOException {
        channel.setOption(option, option.type().cast(value));
    }
}
