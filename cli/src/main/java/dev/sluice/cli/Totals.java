package dev.sluice.cli;

import dev.sluice.udp.UdpSocket;
import java.util.List;
import java.util.OptionalLong;

/** How summaries count. */
final class Totals {
    private Totals() {}

    static String text(long datagrams, long bytes) {
        return datagrams + (datagrams == 1 ? " datagram, " : " datagrams, ") + bytes + " bytes";
    }

    /** What the kernel dropped of what came to some sockets, for want of buffer; unknown, if it doesn't tell of one. */
    static String dropped(List<UdpSocket> sockets) {
        long datagrams = 0;
        for (UdpSocket socket : sockets) {
            OptionalLong its = socket.statistics().droppedByKernel();
            if (its.isEmpty()) {
                return "; dropped by the kernel: unknown";
            }
            datagrams += its.getAsLong();
        }
        return "; dropped by the kernel: " + datagrams;
    }
}
