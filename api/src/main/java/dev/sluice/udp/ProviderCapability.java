// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp;

/** What providers may legally differ in. A provider declares what it can do; the rest answers as its constant says. */
public enum ProviderCapability {
    /**
     * The unicast hop limit can be read and set; without, both answer {@link ErrorCode#NOT_SUPPORTED}
     * ({@link Rule#U6 U6}).
     */
    UNICAST_HOP_LIMIT,

    /**
     * Binding an IPv6 socket to {@code [::]:port} leaves {@code 0.0.0.0:port} free; without, they conflict
     * ({@link Rule#U1 U1}).
     */
    V6ONLY_BIND,

    /** Nothing is lost that a new peer sends while {@code stream} runs; without, it may be ({@link Rule#U4 U4}). */
    LOSSLESS_CONNECT,

    /** An asynchronous error is reported even when the next datagram is an empty one; without, that one may hide it. */
    EMPTY_DATAGRAM_ERRORS,

    /** Runs of equal size and destination leave in one system call (UDP_SEGMENT). */
    SEGMENTATION_OFFLOAD,

    /** Multicast groups can be joined; without, {@code join} answers {@link ErrorCode#NOT_SUPPORTED} ({@link Rule#O2 O2}). */
    MULTICAST,

    /**
     * Of groups a socket receives only what it joined itself; without, also what another socket of the host joined, if it is
     * bound to {@code ::} and the port ({@link Rule#O2 O2}).
     */
    OWN_GROUPS_ONLY,

    /** The kernel tells how much it dropped for want of buffer: {@link SocketStatistics#droppedByKernel} ({@link Rule#K2 K2}). */
    KERNEL_DROPS,

    /** Runs of equal size from one source are received in one system call (UDP_GRO). */
    COALESCED_RECEIVE,

    /**
     * Datagrams tell where they came to, and can be sent from a given address with given ECN bits; without, asking for either
     * answers {@link ErrorCode#NOT_SUPPORTED} ({@link Rule#O3 O3}).
     */
    DATAGRAM_PATHS
}
