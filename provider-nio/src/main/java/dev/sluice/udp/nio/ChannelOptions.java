// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.nio;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.Operation;
import dev.sluice.udp.spi.TransportOption;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.MembershipKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The options of a channel, and its multicast groups. Used under both of the socket's locks. */
final class ChannelOptions {
    /** jdk.net.ExtendedSocketOptions, which JDK 17 lacks, has it since JDK 19. */
    private static final String DONT_FRAGMENT = "IP_DONTFRAGMENT";

    private final DatagramChannel channel;
    private final Map<TransportOption, SocketOption<?>> options = new EnumMap<>(TransportOption.class);
    private final List<MembershipKey> memberships = new ArrayList<>();

    ChannelOptions(DatagramChannel channel) {
        this.channel = channel;
        Set<SocketOption<?>> all = channel.supportedOptions();
        put(TransportOption.RECEIVE_BUFFER_SIZE, StandardSocketOptions.SO_RCVBUF, all);
        put(TransportOption.SEND_BUFFER_SIZE, StandardSocketOptions.SO_SNDBUF, all);
        put(TransportOption.BROADCAST, StandardSocketOptions.SO_BROADCAST, all);
        put(TransportOption.REUSE_ADDRESS, StandardSocketOptions.SO_REUSEADDR, all);
        put(TransportOption.REUSE_PORT, StandardSocketOptions.SO_REUSEPORT, all);
        put(TransportOption.TRAFFIC_CLASS, StandardSocketOptions.IP_TOS, all);
        put(TransportOption.MULTICAST_INTERFACE, StandardSocketOptions.IP_MULTICAST_IF, all);
        put(TransportOption.MULTICAST_HOP_LIMIT, StandardSocketOptions.IP_MULTICAST_TTL, all);
        put(TransportOption.MULTICAST_LOOP, StandardSocketOptions.IP_MULTICAST_LOOP, all);
        all.stream()
                .filter(option -> option.name().equals(DONT_FRAGMENT))
                .forEach(option -> options.put(TransportOption.DONT_FRAGMENT, option));
    }

    private void put(TransportOption option, SocketOption<?> name, Set<SocketOption<?>> all) {
        if (all.contains(name)) {
            options.put(option, name);
        }
    }

    Set<TransportOption> supported() {
        return Collections.unmodifiableSet(options.keySet());
    }

    long get(TransportOption option) throws IOException {
        Object value = channel.getOption(name(option));
        return value instanceof Boolean on ? (on ? 1 : 0) : ((Integer) value).longValue();
    }

    @SuppressWarnings("unchecked") // a switch, a number or an interface, as its type says
    void set(TransportOption option, long value) throws IOException {
        SocketOption<?> name = name(option);
        if (name.type() == Boolean.class) {
            channel.setOption((SocketOption<Boolean>) name, value != 0);
        } else if (name.type() == Integer.class) {
            channel.setOption((SocketOption<Integer>) name, (int) value);
        } else {
            channel.setOption((SocketOption<NetworkInterface>) name, networkInterface((int) value));
        }
    }

    private static NetworkInterface networkInterface(int index) throws IOException {
        NetworkInterface found = NetworkInterface.getByIndex(index);
        if (found == null) {
            throw new SocketErrorException(ErrorCode.INVALID_ARGUMENT, "there is no interface " + index + " any more");
        }
        return found;
    }

    private SocketOption<?> name(TransportOption option) throws SocketErrorException {
        SocketOption<?> name = options.get(option);
        if (name == null) {
            throw new SocketErrorException(ErrorCode.NOT_SUPPORTED, "DatagramChannel has no option for " + option);
        }
        return name;
    }

    void join(InetAddress group, NetworkInterface on, InetAddress source) throws IOException {
        try {
            memberships.add(source == null ? channel.join(group, on) : channel.join(group, on, source));
        } catch (UnsupportedOperationException e) {
            throw new SocketErrorException(
                    ErrorCode.NOT_SUPPORTED, "DatagramChannel can't do that here: " + e.getMessage(), 0, e, true);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new SocketErrorException(ErrorCode.INVALID_ARGUMENT, e.getMessage(), 0, e, true);
        } catch (IOException e) {
            throw NioErrors.of(Operation.OPTION, e);
        }
    }

    void leave(InetAddress group, NetworkInterface on, InetAddress source) {
        memberships.removeIf(key -> {
            boolean same = key.group().equals(group)
                    && key.networkInterface().equals(on)
                    && (source == null ? key.sourceAddress() == null : source.equals(key.sourceAddress()));
            if (same) {
                key.drop();
            }
            return same;
        });
    }
}
