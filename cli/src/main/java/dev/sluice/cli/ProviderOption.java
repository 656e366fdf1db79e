package dev.sluice.cli;

import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.UdpSockets;
import picocli.CommandLine.Option;

/** Which provider to use; without the option, the best one that is available. */
final class ProviderOption {
    @Option(
            names = "--provider",
            paramLabel = "NAME",
            description = "The provider to use, one of those that 'sluice providers' lists; otherwise the best one.")
    private String name;

    UdpSocketProvider choose() {
        return name == null ? UdpSockets.provider() : UdpSockets.provider(name);
    }
}
