// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import static dev.sluice.udp.spi.TransportOption.BROADCAST;
import static dev.sluice.udp.spi.TransportOption.DONT_FRAGMENT;
import static dev.sluice.udp.spi.TransportOption.MAX_SEGMENTS;
import static dev.sluice.udp.spi.TransportOption.MULTICAST_HOP_LIMIT;
import static dev.sluice.udp.spi.TransportOption.MULTICAST_INTERFACE;
import static dev.sluice.udp.spi.TransportOption.MULTICAST_LOOP;
import static dev.sluice.udp.spi.TransportOption.RECEIVE_BUFFER_SIZE;
import static dev.sluice.udp.spi.TransportOption.RECEIVE_PATHS;
import static dev.sluice.udp.spi.TransportOption.REUSE_ADDRESS;
import static dev.sluice.udp.spi.TransportOption.REUSE_PORT;
import static dev.sluice.udp.spi.TransportOption.SEGMENTATION_OFFLOAD;
import static dev.sluice.udp.spi.TransportOption.SEND_BUFFER_SIZE;
import static dev.sluice.udp.spi.TransportOption.TRAFFIC_CLASS;
import static dev.sluice.udp.spi.TransportOption.UNICAST_HOP_LIMIT;

import dev.sluice.udp.UdpSocketOptions;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** Options by the names that applications use, and what they are to a transport (O1). */
final class OptionBindings {
    private static final int MAX_BYTE = 255;

    private static final Map<SocketOption<?>, Binding<?>> BINDINGS = new HashMap<>();

    static {
        number(UdpSocketOptions.UNICAST_HOP_LIMIT, UNICAST_HOP_LIMIT, 1, MAX_BYTE);
        number(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_SIZE, 1, Integer.MAX_VALUE);
        number(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER_SIZE, 1, Integer.MAX_VALUE);
        flag(StandardSocketOptions.SO_BROADCAST, BROADCAST);
        flag(StandardSocketOptions.SO_REUSEADDR, REUSE_ADDRESS);
        flag(StandardSocketOptions.SO_REUSEPORT, REUSE_PORT);
        number(StandardSocketOptions.IP_TOS, TRAFFIC_CLASS, 0, MAX_BYTE);
        bind(
                StandardSocketOptions.IP_MULTICAST_IF,
                MULTICAST_INTERFACE,
                value -> value.getIndex() > 0 ? null : value.getName() + " has no index",
                NetworkInterface::getIndex,
                OptionBindings::networkInterface);
        number(StandardSocketOptions.IP_MULTICAST_TTL, MULTICAST_HOP_LIMIT, 0, MAX_BYTE);
        flag(StandardSocketOptions.IP_MULTICAST_LOOP, MULTICAST_LOOP);
        flag(UdpSocketOptions.DONT_FRAGMENT, DONT_FRAGMENT);
        flag(UdpSocketOptions.SEGMENTATION_OFFLOAD, SEGMENTATION_OFFLOAD);
        flag(UdpSocketOptions.RECEIVE_PATH, RECEIVE_PATHS);
        number(UdpSocketOptions.MAX_SEGMENTS, MAX_SEGMENTS, 1, SegmentCeiling.NEW_KERNELS);
    }

    private OptionBindings() {}

    /**
     * What an option is to a transport.
     *
     * @param option the transport's
     * @param problem says why a value can't be, or null
     * @param toTransport makes the transport's value
     * @param ofTransport makes the application's value
     */
    record Binding<T>(
            TransportOption option,
            Function<T, String> problem,
            ToLongFunction<T> toTransport,
            LongFunction<T> ofTransport) {}

    private static <T> void bind(
            SocketOption<T> name,
            TransportOption option,
            Function<T, String> problem,
            ToLongFunction<T> toTransport,
            LongFunction<T> ofTransport) {
        BINDINGS.put(name, new Binding<>(option, problem, toTransport, ofTransport));
    }

    private static void flag(SocketOption<Boolean> name, TransportOption option) {
        bind(name, option, value -> null, value -> value ? 1 : 0, value -> value != 0);
    }

    private static void number(SocketOption<Integer> name, TransportOption option, int least, int most) {
        bind(
                name,
                option,
                value -> value >= least && value <= most
                        ? null
                        : name.name() + " of " + value + "; " + least + " to " + most + " are possible",
                Integer::longValue,
                value -> (int) value);
    }

    /** Null for none, and for one that has gone. */
    private static NetworkInterface networkInterface(long index) {
        try {
            return index == 0 ? null : NetworkInterface.getByIndex((int) index);
        } catch (SocketException e) {
            return null;
        }
    }

    /** What an option is to a transport; null if none has it. */
    @SuppressWarnings("unchecked") // the map's entries are made in pairs
    static <T> Binding<T> of(SocketOption<T> name) {
        return (Binding<T>) BINDINGS.get(name);
    }

    /** The names of those that pass a test. */
    static Set<SocketOption<?>> names(Predicate<TransportOption> isSupported) {
        Set<SocketOption<?>> names = new LinkedHashSet<>();
        BINDINGS.forEach((name, binding) -> {
            if (isSupported.test(binding.option())) {
                names.add(name);
            }
        });
        return Collections.unmodifiableSet(names);
    }
}
