// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * What one guest may take from its host. A request beyond a limit is refused: memory and sockets by an error that the
 * guest can handle, everything else by a trap.
 *
 * @param memoryBytes the guest's linear memory, in bytes; rounded down to pages of 64 KiB, at most 2<sup>31</sup>
 *     less one page. {@code memory.grow} answers −1 beyond it
 * @param sockets how many sockets it may have at a time; creating one more answers {@code new-socket-limit}
 * @param handles how many handles to resources of all kinds it may have; one more traps
 * @param heldBytes how many bytes the host holds for it outside of its memory: the datagrams of one {@code send} or {@code
 *     receive}, and the lists and strings that one call of a {@link WasiFunction} or of the host's functions takes out of
 *     it; {@code check-send} permits no more datagrams than fit, each of the largest size
 * @param datagramsPerReceive the most that one {@code receive} returns
 * @param moduleBytes the size of its file; a larger one is refused. The parsed program takes up to 100 times as much of
 *     the host's heap
 * @param stackBytes the stack of the thread that runs the guest, which bounds how deep its functions can call each other;
 *     0 for the stack of the thread that calls {@link WasiCommand#run}
 * @param time how long {@link WasiCommand#load(byte[], Limits)} may take, and how long {@link WasiCommand#run} may take;
 *     then it ends
 */
public record Limits(
        long memoryBytes,
        int sockets,
        int handles,
        int heldBytes,
        int datagramsPerReceive,
        int moduleBytes,
        long stackBytes,
        Duration time) {

    /** The smallest value of {@link #heldBytes}: room for a few of the largest datagrams. */
    public static final int LEAST_HELD_BYTES = 4 << 16;

    /**
     * Checks that each limit is large enough for a guest to run.
     *
     * @param memoryBytes 0 or more
     * @param sockets 0 or more
     * @param handles at least 1
     * @param heldBytes at least {@link #LEAST_HELD_BYTES}
     * @param datagramsPerReceive at least 1
     * @param moduleBytes at least 8
     * @param stackBytes 0 or more
     * @param time any; zero or less stops the guest at once
     * @throws IllegalArgumentException if one is too small
     */
    public Limits {
        Objects.requireNonNull(time, "time");
        require(memoryBytes, 0, "memoryBytes");
        require(sockets, 0, "sockets");
        require(handles, 1, "handles");
        require(heldBytes, LEAST_HELD_BYTES, "heldBytes");
        require(datagramsPerReceive, 1, "datagramsPerReceive");
        require(moduleBytes, 8, "moduleBytes");
        require(stackBytes, 0, "stackBytes");
    }

    private static void require(long value, long least, String name) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "The limit " + name + " is " + value + ", but must be at least " + least);
        }
    }

    /**
     * 64 MiB of memory, 64 sockets, 1024 handles, 16 MiB held, 128 datagrams per receive, a file of 32 MiB, the calling
     * thread's stack, and no limit of time.
     *
     * @return limits for a small program
     */
    public static Limits standard() {
        return new Limits(64L << 20, 64, 1024, 16 << 20, 128, 32 << 20, 0, ChronoUnit.FOREVER.getDuration());
    }

    /**
     * Another limit of the linear memory.
     *
     * @param bytes the limit
     * @return the same limits but for that
     */
    public Limits withMemoryBytes(long bytes) {
        return new Limits(bytes, sockets, handles, heldBytes, datagramsPerReceive, moduleBytes, stackBytes, time);
    }

    /**
     * Another limit of sockets.
     *
     * @param count the limit
     * @return the same limits but for that
     */
    public Limits withSockets(int count) {
        return new Limits(memoryBytes, count, handles, heldBytes, datagramsPerReceive, moduleBytes, stackBytes, time);
    }

    /**
     * Another limit of handles.
     *
     * @param count the limit
     * @return the same limits but for that
     */
    public Limits withHandles(int count) {
        return new Limits(memoryBytes, sockets, count, heldBytes, datagramsPerReceive, moduleBytes, stackBytes, time);
    }

    /**
     * Another limit of what the host holds.
     *
     * @param bytes the limit
     * @return the same limits but for that
     */
    public Limits withHeldBytes(int bytes) {
        return new Limits(memoryBytes, sockets, handles, bytes, datagramsPerReceive, moduleBytes, stackBytes, time);
    }

    /**
     * Another limit of datagrams per receive.
     *
     * @param count the limit
     * @return the same limits but for that
     */
    public Limits withDatagramsPerReceive(int count) {
        return new Limits(memoryBytes, sockets, handles, heldBytes, count, moduleBytes, stackBytes, time);
    }

    /**
     * Another limit of the file.
     *
     * @param bytes the limit
     * @return the same limits but for that
     */
    public Limits withModuleBytes(int bytes) {
        return new Limits(memoryBytes, sockets, handles, heldBytes, datagramsPerReceive, bytes, stackBytes, time);
    }

    /**
     * Another size of the stack.
     *
     * @param bytes the size
     * @return the same limits but for that
     */
    public Limits withStackBytes(long bytes) {
        return new Limits(memoryBytes, sockets, handles, heldBytes, datagramsPerReceive, moduleBytes, bytes, time);
    }

    /**
     * Another limit of time.
     *
     * @param duration the limit
     * @return the same limits but for that
     */
    public Limits withTime(Duration duration) {
        return new Limits(
                memoryBytes, sockets, handles, heldBytes, datagramsPerReceive, moduleBytes, stackBytes, duration);
    }
}
