package com.example.recipes;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.UdpSockets;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;

/** What the recipes are tried with: every provider that is there, a channel, and sockets of the JDK at the other end. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
abstract class Recipes {
    static final String CHANNEL = "channel";
    static final int PATIENCE_MILLIS = 20_000;

    static Stream<String> ways() {
        return Stream.concat(providers(), Stream.of(CHANNEL));
    }

    static Stream<String> providers() {
        return UdpSockets.providers().stream()
                .filter(provider -> provider.unavailability().isEmpty())
                .map(UdpSocketProvider::name);
    }

    static DatagramSocket socket(String host) throws IOException {
        DatagramSocket socket = new DatagramSocket(new InetSocketAddress(host, 0));
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    static InetSocketAddress address(DatagramSocket socket) {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    static DatagramPacket receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
        socket.receive(packet);
        return packet;
    }

    static String text(DatagramPacket packet) {
        return new String(packet.getData(), 0, packet.getLength(), US_ASCII);
    }

    static ByteBuffer bytes(String text) {
        return US_ASCII.encode(text);
    }

    static UdpSocket open(String provider, String host) throws IOException {
        return UdpSockets.provider(provider).open(new InetSocketAddress(host, 0));
    }

    /** Runs something meanwhile. */
    static <T> FutureTask<T> start(Callable<T> task) {
        FutureTask<T> future = new FutureTask<>(task);
        Thread thread = new Thread(future);
        thread.setDaemon(true);
        thread.start();
        return future;
    }
}
