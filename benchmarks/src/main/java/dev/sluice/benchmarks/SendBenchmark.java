// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
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

/** Sending a list over loopback to a socket that is not read: {@code checkSend} and {@code send}, by contender. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SendBenchmark {
    /** A contender that needs no C reference. */
    @Param({"NIO_LIST", "NIO_BATCH", "EPOLL_LIST", "EPOLL_BATCH", "CHANNEL", "LINUX_SOCKET"})
    public String contender;

    /** How many datagrams. */
    @Param({"1", "64"})
    public int list;

    /** Bytes of payload. */
    @Param({"64"})
    public int payload;

    /** Whether the socket has a peer. */
    @Param({"false", "true"})
    public boolean connected;

    private DatagramSocket sink;
    private Rounds rounds;

    /** Opens the sockets. */
    @Setup
    public void open() throws Exception {
        sink = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        InetSocketAddress destination = (InetSocketAddress) sink.getLocalSocketAddress();
        Load load = new Load(Place.LOOPBACK, list, List.of(payload), List.of(destination), connected);
        rounds = (Rounds) Kind.valueOf(contender).sender(load, null);
    }

    /** Closes them. */
    @TearDown
    public void close() throws Exception {
        rounds.close();
        sink.close();
    }

    /** The whole list once. */
    @Benchmark
    public void send() throws Exception {
        rounds.round();
    }
}
