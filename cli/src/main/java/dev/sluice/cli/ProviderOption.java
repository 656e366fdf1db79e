// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.UdpSockets;
import java.util.Iterator;
import picocli.CommandLine.Option;

/** Which provider to use; without the option, the best one that is available. */
final class ProviderOption {
    @Option(
            names = "--provider",
            paramLabel = "NAME",
            completionCandidates = Available.class,
            description = "The provider to use, one of those that 'sluice providers' lists; otherwise the best one.")
    private String name;

    /** For the completion script. */
    static final class Available implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return UdpSockets.providers().stream().map(UdpSocketProvider::name).iterator();
        }
    }

    UdpSocketProvider choose() {
        return name == null ? UdpSockets.provider() : UdpSockets.provider(name);
    }
}
