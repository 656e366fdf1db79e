// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.epoll;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.Errno;
import dev.sluice.udp.spi.EventLoop;
import dev.sluice.udp.spi.Operation;
import dev.sluice.udp.spi.SegmentCeiling;
import dev.sluice.udp.spi.SocketErrors;
import io.netty.channel.unix.DatagramSocketAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How batches are filled: from a kernel that follows a script, and from the real one. */
class PeerReceiverTest {
    private static final IpAddressFamily FAMILY = IpAddressFamily.IPV4;
    private static final int LARGEST = FAMILY.maxDatagramSize();
    private static final InetSocketAddress PEER = new InetSocketAddress("127.0.0.1", 1001);

    /** Lengths that arrive from the peer, and errors. Afterwards, nothing. */
    private final Deque<Object> script = new ArrayDeque<>();

    private final PeerReceiver path = new PeerReceiver(new Scripted(), LARGEST, Duration.ZERO);

    private final class Scripted implements ReceiveCalls {
        @Override
        public int receive(ByteBuffer memory, int from, int to) throws SocketErrorException {
            Object next = script.poll();
            if (next instanceof Errno errno) {
                throw SocketErrors.of(Operation.RECEIVE, errno, null);
            }
            if (next == null) {
                return -1;
            }
            memory.put(from, (byte) 42);
            return (Integer) next;
        }

        @Override
        public DatagramSocketAddress receiveFrom(ByteBuffer memory, int from, int to) {
            throw new AssertionError("there are no older datagrams");
        }

        @Override
        public int takeError() {
            return 0;
        }

        @Override
        public int queuedMemory() {
            return 0;
        }
    }

    private void script(Object... steps) throws SocketErrorException {
        path.peerChanged(PEER);
        script.addAll(List.of(steps));
    }

    @Test
    void R1_noMoreIsTakenThanThereIsRoomFor() throws Exception {
        script(1, 1, 1, 1, 1);
        DatagramBatch batch = new DatagramBatch(5, 5 * LARGEST);
        assertEquals(1, path.receive(batch, 1));
        assertEquals(1, path.receive(new DatagramBatch(1, 5 * LARGEST), 5), "entries");
        assertEquals(1, path.receive(new DatagramBatch(5, LARGEST), 5), "bytes: exactly one fits");
        assertEquals(0, path.receive(new DatagramBatch(5, LARGEST - 1), 5), "bytes: one too few");
        assertEquals(2, path.receive(batch, 4), "behind another");
        assertEquals(3, batch.size());
        assertArrayEquals(new byte[] {42}, batch.bytes(2));
        assertEquals(PEER, batch.remoteAddress(2));
    }

    @Test
    void R2_whatCameBeforeAnErrorStays() throws Exception {
        DatagramBatch batch = new DatagramBatch(5, 5 * LARGEST);
        script(1, 1, Errno.ECONNREFUSED, 1);
        SocketErrorException error = assertThrows(SocketErrorException.class, () -> path.receive(batch, 5));
        assertEquals(ErrorCode.CONNECTION_REFUSED, error.errorCode());
        assertEquals(2, batch.size());
        assertEquals(1, path.receive(batch, 3));
    }

    private interface Use {
        void of(EpollTransport transport, InetSocketAddress local) throws Exception;
    }

    private static void bound(Use use) throws Exception {
        EventLoop loop = new EventLoop("sluice-epoll", Duration.ofSeconds(1), EpollMultiplexer::open);
        EpollTransport transport =
                new EpollTransport(KernelSocket.open(FAMILY), FAMILY, new SegmentCeiling(), true, loop);
        try {
            use.of(transport, transport.bind(Peer.loopback(FAMILY, 0)));
        } finally {
            transport.close();
            loop.stop();
        }
    }

    private static DatagramBatch received(EpollTransport transport, int count) throws IOException {
        DatagramBatch batch = new DatagramBatch(count + 1, (count + 1) * LARGEST);
        assertEquals(count, transport.receive(batch, count + 1));
        return batch;
    }

    @Test
    void U4_theSourceIsAskedForWhereItMayNotBeThePeer() throws Exception {
        bound((transport, local) -> {
            try (Peer peer = new Peer(FAMILY);
                    Peer stranger = new Peer(FAMILY)) {
                InetSocketAddress remote = peer.address();
                stranger.send(local, (byte) 1);
                peer.send(local, (byte) 2);
                transport.connect(remote);
                for (int i = 0; i < 50; i++) {
                    peer.send(local, (byte) 3);
                }
                DatagramBatch batch = received(transport, 52);
                assertEquals(stranger.address(), batch.remoteAddress(0));
                assertEquals(remote, batch.remoteAddress(1));
                assertEquals(remote, batch.remoteAddress(51));
            }
        });
    }

    /** The SPI sends nobody else's there; that the outgoing path knows of the peer shows by its not looking. */
    @Test
    void U3_toThePeerGoesWhateverIsSent() throws Exception {
        bound((transport, local) -> {
            try (Peer peer = new Peer(FAMILY);
                    Peer stranger = new Peer(FAMILY)) {
                DatagramBatch batch = new DatagramBatch(1, 1);
                batch.add(stranger.address(), ByteBuffer.wrap(new byte[] {7}));
                transport.connect(peer.address());
                assertEquals(1, transport.send(batch, 0, 1));
                assertArrayEquals(new byte[] {7}, peer.receive());
                transport.connect(null);
                assertEquals(1, transport.send(batch, 0, 1));
                assertArrayEquals(new byte[] {7}, stranger.receive());
            }
        });
    }

    @Test
    void U3_aPeerThatCouldNotBeSetIsNobodysSource() throws Exception {
        bound((transport, local) -> {
            try (Peer peer = new Peer(FAMILY)) {
                InetSocketAddress broadcast = new InetSocketAddress("127.255.255.255", 9);
                SocketErrorException error =
                        assertThrows(SocketErrorException.class, () -> transport.connect(broadcast));
                assertEquals(ErrorCode.ACCESS_DENIED, error.errorCode());
                peer.send(local, (byte) 1);
                assertEquals(peer.address(), received(transport, 1).remoteAddress(0));
            }
        });
    }
}
