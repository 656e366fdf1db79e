// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.ffm;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.DatagramTransport;
import dev.sluice.udp.spi.EphemeralPort;
import dev.sluice.udp.spi.Errno;
import dev.sluice.udp.spi.Operation;
import dev.sluice.udp.spi.SegmentCeiling;
import dev.sluice.udp.spi.SegmentingSender;
import dev.sluice.udp.spi.SocketErrors;
import java.lang.foreign.Arena;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out whether this machine lets the provider do what it is going to do (V2a): calls each of the system's functions
 * once, and sends itself datagrams to see that the structures are laid out as {@link Layouts} has them.
 */
final class Probe {
    /** How long to wait for datagrams of one's own; on loopback they are there at once. */
    static final long PATIENCE_NANOS = 100_000_000;

    private static final InetAddress LOOPBACK =
            SocketAddresses.of(false, 0, 0x7f00_0001, 0, 0).getAddress();

    /** What a machine lacks for a moment. */
    private static final Set<ErrorCode> PASSING = Set.of(ErrorCode.NEW_SOCKET_LIMIT, ErrorCode.OUT_OF_MEMORY);

    /** What is known for good; null before. Written under the class's monitor. */
    private static volatile Probe known;

    private Optional<Obstacle> obstacle = Optional.empty();
    private boolean segments;
    private boolean coalesces;
    private boolean paths;

    /** What is being tried, in the words of a refusal. */
    private String step = "";

    private Probe() {}

    static Optional<Obstacle> obstacle() {
        Probe probe = known;
        return probe != null ? probe.obstacle : run();
    }

    /** Whether UDP_SEGMENT is there. */
    static boolean canSegment() {
        return known != null && known.segments;
    }

    /** Whether UDP_GRO is there. */
    static boolean canCoalesce() {
        return known != null && known.coalesces;
    }

    /** Whether datagrams tell and choose their paths. */
    static boolean hasPaths() {
        return known != null && known.paths;
    }

    private static synchronized Optional<Obstacle> run() {
        if (known == null) {
            Probe probe = new Probe();
            try {
                probe.obstacle = probe.tryCalls().map(Obstacle::lasting);
            } catch (SocketErrorException e) {
                if (PASSING.contains(e.errorCode())) {
                    return Optional.of(new Obstacle(
                            "it can't be tried now, and will be when it is asked for again: " + e.getMessage(),
                            e.errorCode()));
                }
                probe.obstacle = Optional.of(Obstacle.lasting("this system refuses " + probe.step + " ("
                        + e.getMessage() + "): use the provider \"nio\" here"));
            } catch (LinkageError e) {
                probe.obstacle = Optional.of(Obstacle.lasting(reason(root(e))));
            }
            known = probe;
        }
        return known.obstacle;
    }

    /** Why {@link CLibrary} can't be initialised. */
    private static String reason(Throwable root) {
        if (root instanceof IllegalCallerException
                || String.valueOf(root.getMessage()).contains("IllegalCaller")) {
            Module module = Probe.class.getModule();
            String name = module.isNamed() ? module.getName() : "ALL-UNNAMED";
            return "native access is denied: start Java with --enable-native-access=" + name;
        }
        return "the C library can't be called: " + root;
    }

    private static Throwable root(Throwable thrown) {
        Throwable root = thrown;
        for (int depth = 0; root.getCause() != null && depth < 10; depth++) {
            root = root.getCause();
        }
        return root;
    }

    private Optional<String> tryCalls() throws SocketErrorException {
        tryWaiting();
        step = "a socket";
        KernelSocket socket = KernelSocket.open(IpAddressFamily.IPV4);
        try {
            segments = socket.calls().canSegment();
            coalesces = socket.calls().coalesce();
            trySocket(socket);
            paths = PathProbe.works(LOOPBACK);
            return tryDatagrams(socket)
                    ? Optional.empty()
                    : Optional.of("the C library's structures are not laid out as they should be on "
                            + System.getProperty("os.arch"));
        } finally {
            socket.close();
        }
    }

    private void tryWaiting() throws SocketErrorException {
        step = "eventfd(2)";
        new EventDescriptor().close();
        step = "epoll(7)";
        EpollMultiplexer epoll = EpollMultiplexer.open(null);
        try {
            epoll.wakeup();
            epoll.await(PATIENCE_NANOS);
            if (epoll.isWoken()) {
                throw SocketErrors.of(Operation.WAIT, Errno.EIO, null); // another event than was asked for
            }
        } finally {
            epoll.close();
        }
    }

    private void trySocket(KernelSocket socket) throws SocketErrorException {
        step = "socket options";
        socket.calls().takeError();
        socket.options().probe();
        step = "connect(2) to AF_UNSPEC";
        socket.disconnect();
        step = "poll(2)";
        socket.ready(DatagramTransport.READABLE);
        PollCall call = new PollCall();
        try {
            call.await(socket.descriptor(), DatagramTransport.READABLE, 1);
        } finally {
            call.close();
        }
        step = "recvmmsg(2)";
        socket.receive(new Messages(1, Arena.ofAuto()), 1);
        step = "sendmmsg(2)";
        socket.send(new Messages(1, Arena.ofAuto()), 0);
    }

    /** Whether what is sent comes back as it was, or can't be sent on this machine. */
    private boolean tryDatagrams(KernelSocket socket) throws SocketErrorException {
        step = "bind(2)";
        int most = IpAddressFamily.IPV4.maxDatagramSize();
        DatagramBatch sent = new DatagramBatch(8, 1024);
        DatagramBatch received = new DatagramBatch(8, most + 1024);
        SegmentingSender sender =
                new SegmentingSender(socket, new MessageSender(socket), new SegmentCeiling(), segments, most);
        CoalescingReceiver receiver = new CoalescingReceiver(socket, Intake.pool(), most, Arena.ofAuto());
        InetSocketAddress local;
        try {
            local = EphemeralPort.bind(socket, new InetSocketAddress(LOOPBACK, 0));
            for (int length : new int[] {100, 100, 50, 200, 0, 30}) { // a run, and others
                sent.add(local, payload(length, sent.size()));
            }
            int gone = sender.send(sent, 0, sent.size());
            while (gone < sent.size() && gone > 0) {
                gone += sender.send(sent, gone, sent.size());
            }
        } catch (SocketErrorException e) {
            return true; // there is no loopback interface here, or a firewall: it shows nothing
        }
        return isReceived(socket, receiver, sent, received, local);
    }

    private boolean isReceived(
            KernelSocket socket,
            CoalescingReceiver receiver,
            DatagramBatch sent,
            DatagramBatch received,
            InetSocketAddress local)
            throws SocketErrorException {
        step = "what was sent on loopback";
        PollCall call = new PollCall();
        try {
            long end = System.nanoTime() + PATIENCE_NANOS;
            while (received.size() < sent.size() && System.nanoTime() < end) {
                call.await(socket.descriptor(), DatagramTransport.READABLE, end - System.nanoTime());
                receiver.receive(received, sent.size() - received.size());
            }
        } finally {
            call.close();
            receiver.close();
        }
        for (int i = 0; i < received.size(); i++) { // what did not come in time shows nothing either
            if (!received.remoteAddress(i).equals(local) || !Arrays.equals(received.bytes(i), sent.bytes(i))) {
                return false;
            }
        }
        return true;
    }

    private static ByteBuffer payload(int length, int number) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) (number + 1));
        return ByteBuffer.wrap(bytes);
    }
}
