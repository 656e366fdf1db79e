package com.example.statsd;

import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** Sends metrics to a StatsD server. It never waits, any thread may call it, and what could not be sent is counted. */
public final class StatsdClient implements AutoCloseable {
    private final LongAdder dropped = new LongAdder();
    private final UdpSocket socket;
    private final OutgoingDatagramStream out;

    public StatsdClient(UdpSocketProvider provider, InetSocketAddress server) throws SocketErrorException {
        String any = server.getAddress() instanceof Inet4Address ? "0.0.0.0" : "::";
        socket = provider.open(new InetSocketAddress(any, 0));
        out = socket.stream(server).outgoing();
    }

    public void count(String name, long by) {
        send(name + ":" + by + "|c");
    }

    public void time(String name, Duration taken) {
        send(name + ":" + taken.toMillis() + "|ms");
    }

    private void send(String line) {
        OutgoingDatagram datagram = new OutgoingDatagram(StandardCharsets.UTF_8.encode(line));
        for (int attempt = 0; attempt < 2; attempt++) {
            try {
                if (out.trySend(datagram)) {
                    return;
                }
            } catch (SocketErrorException e) {
                if (e.concernsEarlierDatagram()) {
                    continue; // the server was down a moment ago: that costs no good line
                }
            }
            break;
        }
        dropped.increment();
    }

    /** How many metrics the kernel did not take. */
    public long dropped() {
        return dropped.sum();
    }

    @Override
    public void close() {
        socket.close();
    }
}
