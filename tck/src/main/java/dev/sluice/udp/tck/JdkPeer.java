package dev.sluice.udp.tck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;

/** A peer that is a socket of the JDK's. */
final class JdkPeer implements Peer {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int BUFFER_BYTES = 4 << 20;

    private final DatagramSocket socket;
    private final byte[] room = new byte[65_535];

    JdkPeer(InetSocketAddress local) {
        try {
            socket = new DatagramSocket(local);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setReceiveBufferSize(BUFFER_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public InetSocketAddress address() {
        return new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort());
    }

    @Override
    public void send(InetSocketAddress to, byte[] payload) {
        try {
            socket.send(new DatagramPacket(payload, payload.length, to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Received receive() {
        DatagramPacket packet = new DatagramPacket(room, room.length);
        try {
            socket.receive(packet);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("no datagram arrived within " + PATIENCE_MILLIS + " ms", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Received(Arrays.copyOf(room, packet.getLength()), (InetSocketAddress) packet.getSocketAddress());
    }

    @Override
    public void close() {
        socket.close();
    }
}
