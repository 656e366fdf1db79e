// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.ffm;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramPath;
import dev.sluice.udp.IncomingDatagramStream;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSocketOptions;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a call allocates, once warm: nothing of ours. The linker of JDK 25 makes a segment for each system call
 * (SharedUtils.checkCaptureSegment), which the JIT removes where it has inlined all of it, as it mostly has.
 */
class AllocationTest {
    private static final int CALLS = 2_000;

    /** On a busy machine it takes a while until everything is compiled; usually two will do. */
    private static final int MOST_ROUNDS = 200;

    private static final int DATAGRAMS = 64;

    /** The segment of the linker. */
    private static final int BYTES_PER_CALL = 40;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final FfmProvider provider = new FfmProvider();

    @AfterEach
    void close() {
        provider.close();
    }

    /** Sizes that make runs, and sizes that make none. */
    private enum Mix {
        RUN,
        MIXED
    }

    /** With paths, both ways; without a peer, since to one each is a call of its own. */
    @ParameterizedTest
    @EnumSource
    @Tag("slow")
    void O3_withPathsNeither(IpAddressFamily family) throws Exception {
        try (UdpSocket from = bound(family);
                UdpSocket to = bound(family)) {
            to.setOption(UdpSocketOptions.RECEIVE_PATH, true);
            DatagramPath path =
                    DatagramPath.from(from.localAddress().getAddress()).withEcn(DatagramPath.ECT_0);
            for (Mix mix : Mix.values()) {
                assertAllocatesNothing(
                        from.stream(null).outgoing(), to.stream(null).incoming(), to.localAddress(), path, mix, 3);
            }
        }
    }

    static Stream<Arguments> settings() {
        return Arrays.stream(IpAddressFamily.values()).flatMap(family -> Stream.of(true, false)
                .flatMap(peer -> Arrays.stream(Mix.values()).map(mix -> Arguments.of(family, peer, mix))));
    }

    private UdpSocket bound(IpAddressFamily family) throws Exception {
        UdpSocket socket = provider.createSocket(family);
        socket.bind(Peer.loopback(family, 0));
        return socket;
    }

    @ParameterizedTest
    @MethodSource("settings")
    @Tag("slow")
    void S6_R3_sendingAndReceivingBatchesAllocatesNothing(IpAddressFamily family, boolean peer, Mix mix)
            throws Exception {
        try (UdpSocket from = bound(family);
                UdpSocket to = bound(family)) {
            InetSocketAddress remote = peer ? null : to.localAddress();
            OutgoingDatagramStream out =
                    from.stream(peer ? to.localAddress() : null).outgoing();
            IncomingDatagramStream in =
                    to.stream(peer ? from.localAddress() : null).incoming();
            // To a peer, what makes no run leaves one by one; the rest is one call to send and two to receive at most.
            int calls = peer && mix == Mix.MIXED ? DATAGRAMS + 2 : 3;
            assertAllocatesNothing(out, in, remote, null, mix, calls);
        }
    }

    private void assertAllocatesNothing(
            OutgoingDatagramStream out,
            IncomingDatagramStream in,
            InetSocketAddress remote,
            DatagramPath path,
            Mix mix,
            int calls)
            throws Exception {
        DatagramBatch sent = new DatagramBatch(DATAGRAMS, DATAGRAMS * 100);
        DatagramBatch received = new DatagramBatch(DATAGRAMS, DATAGRAMS * 100 + 65_535);
        long allowed = (long) BYTES_PER_CALL * calls;
        long least = Long.MAX_VALUE;
        for (int round = 0; round < MOST_ROUNDS && least / CALLS > allowed; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < CALLS; i++) {
                exchange(out, in, sent, received, remote, path, mix);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        long bytes = least / CALLS;
        assertTrue(bytes <= allowed, () -> bytes + " B, where " + allowed + " are the linker's");
    }

    private static void exchange(
            OutgoingDatagramStream out,
            IncomingDatagramStream in,
            DatagramBatch sent,
            DatagramBatch received,
            InetSocketAddress remote,
            DatagramPath path,
            Mix mix)
            throws Exception {
        sent.clear();
        for (int i = 0; i < DATAGRAMS; i++) {
            sent.commit(remote, mix == Mix.RUN ? 100 : 36 + i, path);
        }
        out.checkSend();
        assertTrue(out.send(sent, 0, DATAGRAMS) == DATAGRAMS);
        received.clear();
        int spins = 0;
        while (received.size() < DATAGRAMS && spins < 100_000_000) {
            in.receive(received, DATAGRAMS - received.size());
            spins++;
        }
        assertTrue(received.size() == DATAGRAMS);
    }
}
