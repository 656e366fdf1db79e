package dev.sluice.cli;

import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketOptions;
import java.net.StandardSocketOptions;
import picocli.CommandLine.Option;

/** What is set on a socket that sends. */
final class SendOptions {
    private static final int MOST = 255;

    @Option(names = "--broadcast", description = "Allow sending to a broadcast address (IPv4).")
    private boolean broadcast;

    @Option(names = "--ttl", paramLabel = "HOPS", description = "The hop limit, unicast and multicast: 1 to 255.")
    private Integer hops;

    @Option(
            names = "--tos",
            paramLabel = "BYTE",
            description = "The traffic class (DSCP and ECN): 0 to 255; 184 is expedited forwarding.")
    private Integer trafficClass;

    /** What is wrong with them, or null. */
    String problem() {
        if (hops != null && (hops < 1 || hops > MOST)) {
            return "Invalid value for option '--ttl': " + hops + " is not within 1 to 255";
        }
        return trafficClass != null && (trafficClass < 0 || trafficClass > MOST)
                ? "Invalid value for option '--tos': " + trafficClass + " is not within 0 to 255"
                : null;
    }

    void set(UdpSocket socket) throws SocketErrorException {
        if (broadcast) {
            socket.setOption(StandardSocketOptions.SO_BROADCAST, true);
        }
        if (trafficClass != null) {
            socket.setOption(StandardSocketOptions.IP_TOS, trafficClass);
        }
        if (hops != null) {
            socket.setOption(StandardSocketOptions.IP_MULTICAST_TTL, hops);
            if (socket.supportedOptions().contains(UdpSocketOptions.UNICAST_HOP_LIMIT)) {
                socket.setOption(UdpSocketOptions.UNICAST_HOP_LIMIT, hops);
            }
        }
    }
}
