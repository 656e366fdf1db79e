// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.Network;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** A network that allows what its rules name, and nothing else: {@code bind PATTERN}, {@code send PATTERN}, {@code receive PATTERN}. */
final class NetworkRules implements Network {
    private final List<AddressPattern> bind = new ArrayList<>();
    private final List<AddressPattern> send = new ArrayList<>();
    private final List<AddressPattern> receive = new ArrayList<>();

    /**
     * Reads rules.
     *
     * @throws IllegalArgumentException if one of them is none
     */
    NetworkRules(List<String> rules) {
        for (String rule : rules) {
            String[] words = rule.strip().split("\\s+");
            if (words.length != 2) {
                throw noRule(rule);
            }
            list(words[0], rule).add(AddressPattern.parse(words[1]));
        }
    }

    private List<AddressPattern> list(String right, String rule) {
        return switch (right) {
            case "bind" -> bind;
            case "send" -> send;
            case "receive" -> receive;
            default -> throw noRule(rule);
        };
    }

    private static IllegalArgumentException noRule(String rule) {
        return new IllegalArgumentException("'" + rule
                + "' is none of 'bind PATTERN', 'send PATTERN', 'receive PATTERN', as in 'send 10.0.0.0/8:*'");
    }

    @Override
    public boolean mayBind(InetSocketAddress local) {
        return matches(bind, local);
    }

    @Override
    public boolean maySendTo(InetSocketAddress remote) {
        return matches(send, remote);
    }

    @Override
    public boolean mayReceiveFrom(InetSocketAddress remote) {
        return matches(receive, remote);
    }

    private static boolean matches(List<AddressPattern> patterns, InetSocketAddress address) {
        for (int i = 0; i < patterns.size(); i++) {
            if (patterns.get(i).matches(address)) {
                return true;
            }
        }
        return false;
    }
}
