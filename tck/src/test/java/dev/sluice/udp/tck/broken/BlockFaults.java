// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck.broken;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.spi.DatagramTransport;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Faults of a transport that waits on the calling thread (P6). */
final class BlockFaults {
    private static final long A_MILLISECOND = 1_000_000;

    /** Longer than a test waits, so that a fault is noticed, and short enough for its thread to end. */
    private static final long IN_VAIN = 2_000 * A_MILLISECOND;

    static final List<Fault> ALL = List.of(
            // EINTR is tried again, or the status is cleared.
            Fault.ofTransport("an interrupt swallowed", "P1_P6_anInterruptEndsIt", sound -> new Awaiting(sound) {
                @Override
                public boolean await(int interest, long nanos) {
                    boolean waited = super.await(interest, nanos);
                    Thread.interrupted();
                    return waited;
                }
            }),

            // Only the kernel ends the wait.
            Fault.ofTransport(
                    "a wake-up ignored",
                    "P6_U3_supersedingEndsIt, P1_P6_anInterruptAndTheEndOfTheStreamEndABlockForTheGate",
                    sound -> new Awaiting(sound) {
                        @Override
                        public void wakeup(int interest) {}
                    }),

            // The descriptor is closed below the thread that waits for it, which doesn't learn of it.
            Fault.ofTransport(
                    "closing unnoticed", "P6_U7_closingEndsIt, P6_V3_stoppingTheProviderEndsIt", Unclosable::new),

            // The wait is for the wake-up alone.
            Fault.ofTransport("an arrival unnoticed", "P1_P6_aDatagramEndsIt", sound -> new Awaiting(sound) {
                @Override
                public boolean await(int interest, long nanos) {
                    LockSupport.parkNanos(Math.min(nanos, IN_VAIN));
                    return true;
                }
            }),

            // SO_ERROR was asked for to learn why poll(2) returned.
            Fault.ofTransport("an error consumed by the wait", "P6_P2_anErrorEndsIt", sound -> new Awaiting(sound) {
                @Override
                public boolean await(int interest, long nanos) {
                    boolean waited = super.await(interest, nanos);
                    try {
                        super.receive(new DatagramBatch(1, 1), 1); // takes no datagram: only an error can be received
                    } catch (IOException consumed) { // as the fault has it
                    }
                    return waited;
                }
            }),

            // There is one wait, and it is for datagrams.
            Fault.ofTransport(
                    "the wait for the gate is one for datagrams",
                    "P1_P6_blockEndsWhenTheGateOpens",
                    sound -> new Awaiting(sound) {
                        @Override
                        public boolean await(int interest, long nanos) {
                            return super.await(READABLE, Math.min(nanos, IN_VAIN));
                        }
                    }),

            // The descriptor is locked during the wait.
            Fault.ofTransport(
                    "one direction waits for the other's wait",
                    "P6_bothDirectionsBlockAtOnce",
                    sound -> new Awaiting(sound) {
                        private final Object lock = new Object();

                        @Override
                        public boolean await(int interest, long nanos) {
                            synchronized (lock) {
                                return super.await(interest, Math.min(nanos, IN_VAIN));
                            }
                        }
                    }));

    private BlockFaults() {}

    /** A transport that waits on the calling thread, where {@link Faulty} can't. */
    private static class Awaiting extends Faulty {
        Awaiting(DatagramTransport sound) {
            super(sound);
        }

        @Override
        public boolean await(int interest, long nanos) {
            return sound.await(interest, nanos);
        }

        @Override
        public void wakeup(int interest) {
            sound.wakeup(interest);
        }
    }

    private static final class Unclosable extends Awaiting {
        Unclosable(DatagramTransport sound) {
            super(sound);
        }

        @Override
        public boolean await(int interest, long nanos) {
            long start = System.nanoTime();
            while (!isReady(interest) && System.nanoTime() - start < Math.min(nanos, IN_VAIN)) {
                super.await(interest, A_MILLISECOND);
                LockSupport.parkNanos(A_MILLISECOND); // for a closed transport doesn't wait
            }
            return true;
        }

        private boolean isReady(int interest) {
            try {
                return readiness(interest) != 0;
            } catch (IOException e) {
                return true;
            }
        }
    }
}
