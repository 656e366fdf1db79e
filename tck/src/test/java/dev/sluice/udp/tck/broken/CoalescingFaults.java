// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck.broken;

import dev.sluice.udp.DatagramBatch;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Faults of a transport that receives runs coalesced (UDP_GRO). */
final class CoalescingFaults {
    private static final long A_MILLISECOND = 1_000_000;

    static final List<Fault> ALL = List.of(
            // What the caller did not ask for is lost.
            Fault.ofCoalescing(
                    "the rest of a run lost",
                    "R1_aRunIsReceivedInPortions, R3_eachOfARunHasItsOwnSource",
                    (sound, waiting) -> new Coalescing(sound, waiting) {
                        @Override
                        public int receive(DatagramBatch into, int max) throws IOException {
                            int received = super.receive(into, max);
                            left.clear();
                            return received;
                        }
                    }),

            // The same, only where it is the batch that is full.
            Fault.ofCoalescing(
                    "the rest of a run lost when the batch is full",
                    "R1_whatABatchHasNoRoomForIsReceivedNext",
                    (sound, waiting) -> new Coalescing(sound, waiting) {
                        @Override
                        public int receive(DatagramBatch into, int max) throws IOException {
                            int received = super.receive(into, max);
                            if (received < max) {
                                left.clear();
                            }
                            return received;
                        }
                    }),

            // Only the kernel is asked whether something is there.
            Fault.ofCoalescing(
                    "the rest of a run not ready",
                    "P1_whatIsLeftOfARunIsReady, P1_P3_waitingForWhatIsLeftOfARunReturns",
                    (sound, waiting) -> new Coalescing(sound, waiting) {
                        @Override
                        boolean isLeftReady() {
                            return false;
                        }

                        @Override
                        boolean isLeftArmed() {
                            return false;
                        }
                    }),

            // The same, though waiting works: block() returns, and ready() says false.
            Fault.ofCoalescing(
                    "the rest of a run wakes, but is not ready",
                    "P1_whatIsLeftOfARunIsReady",
                    (sound, waiting) -> new Coalescing(sound, waiting) {
                        @Override
                        boolean isLeftReady() {
                            return false;
                        }
                    }),

            // Only the kernel wakes those that wait; slow, so that another thread receives meanwhile.
            Fault.ofCoalescing(
                    "the rest of a run wakes nothing",
                    "P3_aWaiterIsWokenForWhatAnotherThreadLeft, P6_aBlockedThreadIsWokenForWhatAnotherThreadLeft",
                    (sound, waiting) -> new Coalescing(sound, waiting) {
                        @Override
                        public int readiness(int interest) throws IOException {
                            int ready = super.readiness(interest);
                            LockSupport.parkNanos(A_MILLISECOND);
                            return ready;
                        }

                        @Override
                        boolean isLeftArmed() {
                            return false;
                        }
                    }),

            // Those that waited before the run was taken are left to the kernel, which has nothing more.
            Fault.ofCoalescing(
                    "the rest of a run wakes nothing that waited before",
                    "P3_aWaiterIsWokenForWhatAnotherThreadLeft, P6_aBlockedThreadIsWokenForWhatAnotherThreadLeft",
                    (sound, waiting) -> new Coalescing(sound, waiting) {
                        @Override
                        void wakeForLeft() {}
                    }),

            // The last segment has the size of the others.
            Fault.ofCoalescing(
                    "the last of a run padded",
                    "R3_theLastOfARunMayBeShorter",
                    (sound, waiting) -> new Coalescing(sound, waiting) {
                        @Override
                        byte[] segment(Run run) {
                            int start = run.next * run.size;
                            return Arrays.copyOfRange(run.bytes, start, start + run.size);
                        }
                    }),

            // Only whole segments are counted.
            Fault.ofCoalescing(
                    "the last of a run lost",
                    "R3_theLastOfARunMayBeShorter, R3_runsKeepTheirBoundaries",
                    (sound, waiting) -> new Coalescing(sound, waiting) {
                        @Override
                        int segments(Run run) {
                            return run.size == 0 ? 1 : run.bytes.length / run.size;
                        }
                    }),

            // Where the bytes end with a segment, another one of no bytes seems to follow.
            Fault.ofCoalescing(
                    "an empty datagram behind a run",
                    "R1_aRunIsReceivedInPortions, R3_runsKeepTheirBoundaries",
                    (sound, waiting) -> new Coalescing(sound, waiting) {
                        @Override
                        int segments(Run run) {
                            return run.size == 0 ? 1 : run.bytes.length / run.size + 1;
                        }
                    }),

            // The control message with the size of the segments is not read.
            Fault.ofCoalescing(
                    "a run received as one datagram",
                    "R1_aRunIsReceivedInPortions, R3_runsKeepTheirBoundaries",
                    (sound, waiting) -> new Coalescing(sound, waiting) {
                        @Override
                        int segments(Run run) {
                            return 1;
                        }

                        @Override
                        byte[] segment(Run run) {
                            return run.bytes;
                        }
                    }),

            // The memory of the address is used again for the next run.
            Fault.ofCoalescing(
                    "the source of the newest run",
                    "R3_eachOfARunHasItsOwnSource",
                    (sound, waiting) -> new Coalescing(sound, waiting) {
                        @Override
                        InetSocketAddress source(Run run) {
                            return left.getLast().source;
                        }
                    }),

            // The run counts as one datagram.
            Fault.ofCoalescing(
                    "more of a run than asked for",
                    "R1_aRunIsReceivedInPortionsIntoABatchToo",
                    (sound, waiting) -> new Coalescing(sound, waiting) {
                        @Override
                        public int receive(DatagramBatch into, int max) throws IOException {
                            int received = super.receive(into, max);
                            return received + (left.isEmpty() ? 0 : super.receive(into, segments(left.peek())));
                        }
                    }),

            // The kernel is asked first.
            Fault.ofCoalescing(
                    "the rest of a run behind newer datagrams",
                    "R1_whatIsLeftOfARunComesBeforeWhatArrivesLater",
                    (sound, waiting) -> new Coalescing(sound, waiting) {
                        @Override
                        public int receive(DatagramBatch into, int max) throws IOException {
                            List<Run> older = new ArrayList<>(left);
                            left.clear();
                            takeRuns();
                            left.addAll(older);
                            return super.receive(into, max);
                        }
                    }),

            // Setting a peer clears what is left.
            Fault.ofCoalescing(
                    "the rest of a run lost when the peer changes",
                    "U4_whatIsLeftOfARunSurvivesAChangeOfPeer",
                    (sound, waiting) -> new Coalescing(sound, waiting) {
                        @Override
                        public InetSocketAddress connect(InetSocketAddress remote) throws IOException {
                            left.clear();
                            return super.connect(remote);
                        }
                    }),

            // A connected receive returns no source, so everything is taken for the peer's.
            Fault.ofCoalescing(
                    "the rest of another source's run taken for the peer's",
                    "U4_whatIsLeftOfAnotherSourcesRunIsDropped",
                    (sound, waiting) -> new Coalescing(sound, waiting) {
                        private InetSocketAddress peer;

                        @Override
                        public InetSocketAddress connect(InetSocketAddress remote) throws IOException {
                            peer = remote;
                            return super.connect(remote);
                        }

                        @Override
                        InetSocketAddress source(Run run) {
                            return peer != null ? peer : run.source;
                        }
                    }),

            // An error clears what is left.
            Fault.ofCoalescing(
                    "the rest of a run lost with an error",
                    "R2_anErrorLosesNothingOfARun",
                    (sound, waiting) -> new Coalescing(sound, waiting) {
                        @Override
                        public int receive(DatagramBatch into, int max) throws IOException {
                            try {
                                takeRuns();
                            } catch (IOException error) {
                                left.clear();
                                throw error;
                            }
                            return super.receive(into, max);
                        }
                    }));

    private CoalescingFaults() {}
}
