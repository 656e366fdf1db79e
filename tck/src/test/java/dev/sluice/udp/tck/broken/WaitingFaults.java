// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck.broken;

import dev.sluice.udp.DatagramBatch;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Faults of a transport's readiness and callbacks. */
final class WaitingFaults {
    static final List<Fault> ALL = List.of(
            // After a full buffer the socket is never reported writable.
            Fault.ofTransport(
                    "never writable again", "C4_theGateOpensAgainUntilEverythingIsSent", sound -> new Faulty(sound) {
                        private boolean full;

                        @Override
                        public int send(DatagramBatch batch, int from, int to) throws IOException {
                            int sent = super.send(batch, from, to);
                            full |= sent == 0;
                            return sent;
                        }

                        @Override
                        public int readiness(int interest) throws IOException {
                            return super.readiness(interest) & (full ? READABLE : READABLE | WRITABLE);
                        }

                        @Override
                        public void arm(int interest, Runnable ready) throws IOException {
                            if (interest == READABLE) {
                                super.arm(interest, ready);
                            }
                        }
                    }),

            // Pollables that are always ready: waiting spins.
            Fault.ofTransport("always readable", "P1_aTimeoutEndsTheWait", sound -> new Faulty(sound) {
                @Override
                public int readiness(int interest) throws IOException {
                    return interest;
                }
            }),

            // Callbacks are not called.
            Fault.ofTransport("never calls back", "P1_blockReturnsWhenSomethingArrives", sound -> new Faulty(sound) {
                @Override
                public void arm(int interest, Runnable ready) throws IOException {}
            }),

            // Edge-triggered: only what arrives later fires; slow, so that another thread receives meanwhile.
            Fault.ofTransport(
                    "what is there already wakes nothing",
                    "P3_aWaiterIsWokenForWhatAnotherThreadLeft",
                    sound -> new Faulty(sound) {
                        @Override
                        public int readiness(int interest) throws IOException {
                            int ready = super.readiness(interest);
                            LockSupport.parkNanos(1_000_000);
                            return ready;
                        }

                        @Override
                        public void arm(int interest, Runnable ready) throws IOException {
                            if ((sound.readiness(interest) & interest) == 0) {
                                super.arm(interest, ready);
                            }
                        }
                    }));

    private WaitingFaults() {}
}
