// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.udp.ProviderCapability;
import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.UdpSockets;
import dev.sluice.udp.UnavailableProvider;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** Lists the providers. */
@Command(
        name = "providers",
        description = "Lists the providers: which are available here, why others are not, and what each can do.",
        footerHeading = "%n",
        footer = {"The first one is used where none is named.", "", "Exit status: 0, or 1 if no provider is available."
        })
final class ProvidersCommand implements Callable<Integer> {
    private static final String NOTHING = "-";

    private final Stdio io;

    ProvidersCommand(Stdio io) {
        this.io = io;
    }

    @Override
    public Integer call() throws IOException {
        List<UdpSocketProvider> available = UdpSockets.providers();
        Table table = new Table("PROVIDER", "PRIORITY", "AVAILABLE", "WHY NOT", "CAN DO");
        for (UdpSocketProvider provider : available) {
            table.row(provider.name(), String.valueOf(provider.priority()), "yes", NOTHING, capabilities(provider));
        }
        for (UnavailableProvider provider : UdpSockets.unavailable()) {
            table.row(provider.name(), NOTHING, "no", provider.reason(), NOTHING);
        }
        table.print(io.out());
        if (available.isEmpty()) {
            io.complain("no provider is available");
        }
        return available.isEmpty() ? 1 : 0;
    }

    private static String capabilities(UdpSocketProvider provider) {
        String list = provider.capabilities().stream()
                .sorted()
                .map(ProviderCapability::name)
                .map(name -> name.toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(", "));
        return list.isEmpty() ? NOTHING : list;
    }
}
