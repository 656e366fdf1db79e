// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.Pollable;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Where datagrams are sent: one of the addresses that a name has, through a socket of its own.
 *
 * <p>UDP has no handshake that would tell a good address from a bad one. An address is passed over if no socket can be
 * opened for it, or if the first datagram that is sent there is refused at once (ICMP), which says that it has not
 * arrived; the last address is not passed over. On a socket without a peer nothing is refused, so the first address that
 * a socket can be opened for is the one.
 *
 * <p>When the name no longer has that address, a new socket is opened for those that it has now. It has a new port, too,
 * and so heals an address translator's entry that still leads to the old target.
 */
final class Destination implements Route, AutoCloseable {
    /** How long an answer to the first datagram is waited for (RFC 8305 proposes it for connections, section 8). */
    private static final Duration TRIAL = Duration.ofMillis(250);

    /** No more often than this is it received from the peer while looking for its errors. */
    private static final int MOST_RECEIVES = 1024;

    private static final int MOST_AT_ONCE = 16;

    private static final Set<ErrorCode> REFUSALS =
            EnumSet.of(ErrorCode.CONNECTION_REFUSED, ErrorCode.REMOTE_UNREACHABLE, ErrorCode.ACCESS_DENIED);

    private final UdpSocketProvider provider;
    private final SendOptions options;
    private final boolean isConnected;
    private final NameResolver resolver;
    private final Consumer<String> notes;
    private final Answers answers;
    private final DatagramBatch received;
    private final ReentrantLock taking = new ReentrantLock();

    private List<InetSocketAddress> lastSeen;
    private List<InetSocketAddress> addresses;
    private int current = -1;
    private final List<UdpSocket> sockets = new ArrayList<>();
    private DatagramStreams streams;
    private boolean isOnTrial;

    /**
     * Opens the first of the addresses for which that is possible.
     *
     * @param options what is set on each socket
     * @param resolver the addresses of now
     * @param isConnected whether the socket has the address as its peer, or each datagram carries it
     * @param notes is told when another address is taken
     * @param answers gets what comes back
     */
    Destination(
            UdpSocketProvider provider,
            SendOptions options,
            NameResolver resolver,
            boolean isConnected,
            Consumer<String> notes,
            Answers answers)
            throws Failure {
        this.provider = provider;
        this.options = options;
        this.resolver = resolver;
        this.lastSeen = resolver.latest();
        this.addresses = options.hasFixedPort() ? lastSeen.subList(0, 1) : lastSeen;
        this.isConnected = isConnected;
        this.notes = notes;
        this.answers = answers;
        this.received = new DatagramBatch(MOST_AT_ONCE, MOST_AT_ONCE * (1 << 16));
        openFrom(0);
    }

    /** The address in use. */
    InetSocketAddress address() {
        return addresses.get(current);
    }

    @Override
    public InetSocketAddress datagramAddress() {
        return isConnected ? null : address();
    }

    @Override
    public OutgoingDatagramStream out() {
        return streams.outgoing();
    }

    @Override
    public boolean isOnTrial() {
        return isOnTrial;
    }

    @Override
    public boolean isAccepted() throws InterruptedException {
        SocketErrorException refusal = error(address().getAddress().isLoopbackAddress() ? Duration.ZERO : TRIAL);
        if (refusal == null) {
            isOnTrial = false;
            return true;
        }
        return !isPassedOver(refusal);
    }

    @Override
    public boolean isPassedOver(SocketErrorException reason) {
        if (!REFUSALS.contains(reason.errorCode())) { // it is the datagram's own error
            return false;
        }
        InetSocketAddress refused = address();
        try {
            openFrom(current + 1);
        } catch (Failure noOther) {
            isOnTrial = false;
            return false;
        }
        notes.accept(Explanations.ofSending(reason, 1, refused) + "; trying " + HostPort.text(address()));
        return true;
    }

    /** Uses what the name has now; if the address in use is among that, it stays. */
    @Override
    public void update() {
        List<InetSocketAddress> now = resolver.latest();
        InetSocketAddress former = address();
        if (now == lastSeen || options.hasFixedPort()) {
            return;
        }
        lastSeen = now;
        if (now.contains(former)) {
            return;
        }
        List<InetSocketAddress> before = addresses;
        int index = current;
        addresses = now;
        try {
            openFrom(0);
            notes.accept("the name has another address: sending to " + HostPort.text(address())
                    + " from a new socket, no longer to " + HostPort.text(former));
        } catch (Failure e) { // so the old one is as good as any
            addresses = before;
            current = index;
        }
    }

    /** Keeps the socket in use if none of the addresses is better. */
    private void openFrom(int first) throws Failure {
        String problem = "there is no further address";
        for (int i = first; i < addresses.size(); i++) {
            UdpSocket next = null;
            try {
                next = provider.open(options.source(addresses.get(i)));
                options.set(next, addresses.get(i));
                DatagramStreams itsStreams = next.stream(isConnected ? addresses.get(i) : null);
                close();
                current = i;
                sockets.add(next);
                streams = itsStreams;
                isOnTrial = isConnected && i + 1 < addresses.size();
                return;
            } catch (SocketErrorException e) {
                problem = i == first ? Explanations.ofSending(e, 1, addresses.get(i)) : problem;
                if (next != null) {
                    next.close();
                }
            }
        }
        throw new Failure(problem);
    }

    /** An error that came back after the last send is met by a receive (S8); null if none came in that time. */
    SocketErrorException error(Duration patience) throws InterruptedException {
        return isConnected ? receive(patience, () -> false, streams.incoming().subscribe()) : null;
    }

    /**
     * Takes answers.
     *
     * @param patience how long they are waited for
     * @param isEnough ends it before, when it is asked
     * @param other ends the waiting, too
     * @return the error that ended it; null if none did
     */
    SocketErrorException receive(Duration patience, BooleanSupplier isEnough, Pollable other)
            throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        for (int i = 0; i < MOST_RECEIVES || (answers.arePrinted() && System.nanoTime() - end < 0); i++) {
            if (isEnough.getAsBoolean()) {
                return null;
            }
            try {
                boolean isQuiet = take() == 0;
                List<Pollable> awaited = List.of(streams.incoming().subscribe(), other);
                Duration left = Duration.ofNanos(end - System.nanoTime());
                if (isQuiet && Pollable.poll(awaited, left).length == 0) {
                    return null;
                }
            } catch (SocketErrorException e) {
                return e;
            } catch (IOException e) {
                throw new UncheckedIOException(e); // standard output's
            }
        }
        return null;
    }

    /** By one thread at a time; another, which is that of a signal, doesn't wait for it. */
    private int take() throws IOException {
        if (!taking.tryLock()) {
            return 0;
        }
        try {
            received.clear();
            int count = streams.incoming().receive(received, MOST_AT_ONCE);
            answers.take(received);
            return count;
        } finally {
            taking.unlock();
        }
    }

    /** The one in use, and those before it, which are closed. */
    List<UdpSocket> sockets() {
        return List.copyOf(sockets);
    }

    @Override
    public void close() {
        sockets.forEach(UdpSocket::close);
    }
}
