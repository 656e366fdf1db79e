package com.example.recipes;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;

/** Forwards lines from a bounded queue, on a thread of its own, which may be virtual; a full queue holds producers back. */
final class SyslogForwarder {
    /** Ends the forwarding. */
    static final String END = "";

    private SyslogForwarder() {}

    // region sluice
    static void forward(BlockingQueue<String> lines, UdpSocket socket, InetSocketAddress collector)
            throws SocketErrorException, InterruptedException {
        OutgoingDatagramStream out = socket.stream(collector).outgoing();
        List<String> taken = new ArrayList<>();
        List<OutgoingDatagram> messages = new ArrayList<>();
        while (!taken.contains(END)) {
            taken.clear();
            messages.clear();
            taken.add(lines.take());
            lines.drainTo(taken, 127); // what has queued up meanwhile leaves in one list
            for (String line : taken.subList(0, taken.contains(END) ? taken.indexOf(END) : taken.size())) {
                messages.add(new OutgoingDatagram(StandardCharsets.UTF_8.encode("<14>1 - - app - - - " + line)));
            }
            for (int next = 0; next < messages.size(); ) {
                try {
                    next += out.sendAll(messages.subList(next, messages.size()), Duration.ofSeconds(30)); // waits
                } catch (SocketErrorException e) {
                    if (e.errorCode() == ErrorCode.INVALID_STATE) {
                        throw e; // closed: what is still queued was not sent
                    }
                    next += e.concernsEarlierDatagram() ? 0 : 1; // else that one was refused
                }
            }
        }
    }
    // endregion

    // region channel
    static void forward(BlockingQueue<String> lines, DatagramChannel blocking) throws IOException, InterruptedException {
        for (String line = lines.take(); !line.equals(END); line = lines.take()) {
            ByteBuffer message = StandardCharsets.UTF_8.encode("<14>1 - - app - - - " + line);
            try {
                blocking.write(message); // waits while the buffer is full; a system call for each
            } catch (PortUnreachableException e) {
                blocking.write(message); // that was an earlier one's error
            }
        }
    }
    // endregion
}
