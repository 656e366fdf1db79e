// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.IpAddressFamily;

/**
 * Direct memory that calls borrow while they run. A provider says how much one call needs: the SPI copies the lists that are
 * sent through it, and receives through it what is delivered as a list; the provider's transports may borrow it too, for
 * what they have to take from the kernel before it is asked for.
 *
 * <p>Sixteen are kept for calls that run at the same time; a call beyond those gets memory of its own, which is freed
 * by the garbage collector. Nothing foreign runs while the SPI has borrowed, so calls are short and few at a time.
 *
 * <p>Safe on any thread.
 */
public final class ScratchPool {
    private final LendingPool<Scratch> pool;

    /**
     * A pool, which allocates nothing yet.
     *
     * @param datagrams how many datagrams one call handles at once: at least what one system call of the provider can
     *     take or bring, and enough to make what it costs to take a lock small beside them
     * @param bytes how many bytes they may have together: at least {@link IpAddressFamily#maxDatagramSize()} of IPv6.
     *     Receiving stops when there is less room than that, so twice as much lets small datagrams be received many at a time
     * @throws IllegalArgumentException if one of the two is too small
     */
    public ScratchPool(int datagrams, int bytes) {
        if (datagrams < 1 || bytes < IpAddressFamily.IPV6.maxDatagramSize()) {
            throw new IllegalArgumentException("Scratch memory holds at least 1 datagram and "
                    + IpAddressFamily.IPV6.maxDatagramSize() + " bytes, not " + datagrams + " datagrams and " + bytes
                    + " bytes");
        }
        pool = new LendingPool<>() {
            @Override
            protected Scratch make(int slot) {
                return new Scratch(slot, datagrams, bytes);
            }

            @Override
            protected int slotOf(Scratch lent) {
                return lent.slot;
            }
        };
    }

    /** Memory that is borrowed: an empty batch. */
    public static final class Scratch {
        private final int slot;
        private final DatagramBatch batch;

        // Its place in a backlog, and the first datagram there that has not been delivered.
        Scratch next;
        int kept;

        private Scratch(int slot, int datagrams, int bytes) {
            this.slot = slot;
            this.batch = new DatagramBatch(datagrams, bytes);
        }

        /**
         * The memory.
         *
         * @return the borrower's until it is given back
         */
        public DatagramBatch batch() {
            return batch;
        }
    }

    /**
     * Borrows memory for one call. Allocates only the first time that so many calls run at the same time.
     *
     * @return memory, empty, to be given back once
     */
    public Scratch take() {
        return pool.take();
    }

    /**
     * Gives memory back. Its content is dropped.
     *
     * @param scratch what was taken from this pool; not to be used afterwards
     */
    public void giveBack(Scratch scratch) {
        scratch.batch.clear();
        pool.giveBack(scratch);
    }
}
