// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.UdpSocket;
import dev.sluice.udp.UdpSockets;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Operations that move no datagram. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class StreamBenchmark {
    private static final int LIST = 64;

    /** The provider. */
    @Param({"nio", "epoll"})
    public String provider;

    private final DatagramBatch batch = new DatagramBatch(LIST, IpAddressFamily.IPV4.maxDatagramSize());
    private final ByteBuffer payload = ByteBuffer.allocate(64);
    private UdpSocket socket;
    private DatagramStreams streams;

    /** Opens a socket. */
    @Setup
    public void open() throws Exception {
        socket = UdpSockets.provider(provider).createSocket(IpAddressFamily.IPV4);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        streams = socket.stream(null);
    }

    /** Closes it. */
    @TearDown
    public void close() {
        socket.close();
    }

    /** On an open gate: no system call. */
    @Benchmark
    public int checkSend() throws Exception {
        return streams.outgoing().checkSend();
    }

    /** When nothing has arrived. */
    @Benchmark
    public int receiveNothing() throws Exception {
        batch.clear();
        return streams.incoming().receive(batch, LIST);
    }

    /** Asks the kernel once. */
    @Benchmark
    public boolean isReadable() {
        return streams.incoming().subscribe().ready();
    }

    /** Filling a batch with 64 payloads of 64 bytes. */
    @Benchmark
    public int fillBatch() {
        batch.clear();
        for (int i = 0; i < LIST; i++) {
            batch.add(null, payload);
        }
        return batch.size();
    }
}
