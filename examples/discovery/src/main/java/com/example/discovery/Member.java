package com.example.discovery;

import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.IncomingDatagram;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** A member of the group, which hears the others and speaks to them, through one interface. */
final class Member implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final InetSocketAddress group;
    private final UdpSocket socket;
    private final DatagramStreams streams;

    Member(UdpSocketProvider provider, NetworkInterface link, InetSocketAddress group) throws SocketErrorException {
        boolean v4 = group.getAddress() instanceof Inet4Address;
        this.group = group;
        socket = provider.createSocket(v4 ? IpAddressFamily.IPV4 : IpAddressFamily.IPV6);
        socket.setOption(StandardSocketOptions.SO_REUSEADDR, true); // other members on this host have the port, too
        socket.setOption(StandardSocketOptions.IP_MULTICAST_IF, link);
        socket.bind(new InetSocketAddress(v4 ? "0.0.0.0" : "::", group.getPort()));
        streams = socket.stream();
        socket.join(group.getAddress(), link);
    }

    /**
     * Speaks to the whole group. An answer to one member's address could reach another: of several sockets that share a
     * port on one host, the kernel hands a unicast datagram to one.
     */
    void say(String text) throws IOException, InterruptedException {
        OutgoingDatagram datagram = new OutgoingDatagram(StandardCharsets.UTF_8.encode(text), group);
        streams.outgoing().sendAll(List.of(datagram), PATIENCE); // what a full buffer doesn't take is asked again
    }

    /** What has come; waits for it, and is empty when the time is over. */
    List<IncomingDatagram> hear(Duration time) throws IOException, InterruptedException {
        return streams.incoming().receive(64, time);
    }

    static String text(IncomingDatagram datagram) {
        return StandardCharsets.UTF_8.decode(datagram.data().duplicate()).toString();
    }

    @Override
    public String toString() {
        return group.getAddress().getHostAddress() + " port " + group.getPort();
    }

    @Override
    public void close() {
        socket.close();
    }
}
