// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck.broken;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.Pollable;
import dev.sluice.udp.SocketErrorException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Faults that show themselves when a send buffer is full. */
final class FullBufferFaults {
    static final List<Fault> ALL = List.of(
            // EAGAIN is an error like any other.
            Fault.ofTransport(
                    "a full buffer is would-block",
                    "S3_aSendThatMeetsAFullBufferAtOnceReturnsZero, C4_S1_S7_aFullBufferEndsASendAndClosesTheGate",
                    sound -> new Faulty(sound) {
                        @Override
                        public int send(DatagramBatch batch, int from, int to) throws IOException {
                            int sent = super.send(batch, from, to);
                            if (sent == 0) {
                                throw new SocketErrorException(ErrorCode.WOULD_BLOCK, "try again");
                            }
                            return sent;
                        }
                    }),

            // The one that met the full buffer is counted.
            Fault.ofTransport(
                    "counted, but not taken",
                    "C4_S1_S7_aFullBufferEndsASendAndClosesTheGate, S3_aSendThatMeetsAFullBufferAtOnceReturnsZero",
                    sound -> new Faulty(sound) {
                        private boolean full;

                        @Override
                        public int send(DatagramBatch batch, int from, int to) throws IOException {
                            int sent = super.send(batch, from, to);
                            boolean first = sent == 0 && !full;
                            full = sent == 0;
                            return first ? 1 : sent;
                        }
                    }),

            // The system's answer to an empty datagram is 0, whether it was sent or not.
            Fault.ofTransport(
                    "an empty datagram counted, but not taken",
                    "S3_aSendThatMeetsAFullBufferAtOnceReturnsZero",
                    sound -> new Faulty(sound) {
                        @Override
                        public int send(DatagramBatch batch, int from, int to) throws IOException {
                            int sent = super.send(batch, from, to);
                            return batch.length(from) == 0 ? 1 : sent;
                        }
                    }),

            // A socket that is closed takes its queue with it.
            Fault.ofTransport(
                    "the queue lost on close", "S1_whatAFullBufferHoldsSurvivesClosing", SendFaults::queueing),

            // The event was taken off for good when it had come.
            Fault.ofTransport(
                    "writable only once", "C2_C4_theGateClosesAndOpensAgainAndAgain", sound -> new Faulty(sound) {
                        private boolean armed;

                        @Override
                        public void arm(int interest, Runnable ready) throws IOException {
                            if (interest == READABLE || !armed) {
                                super.arm(interest, ready);
                            }
                            armed |= interest == WRITABLE;
                        }
                    }),

            // Both interests in one registration of the system's, which is one-shot (EPOLLONESHOT).
            Fault.ofTransport(
                    "readable forgotten after writable",
                    "P3_theReadableCallbackComesAfterTheWritableOne",
                    sound -> new OneShot(sound, Faulty.WRITABLE)),
            Fault.ofTransport(
                    "writable forgotten after readable",
                    "P3_theWritableCallbackComesAfterTheReadableOne",
                    sound -> new OneShot(sound, Faulty.READABLE)),

            // A callback that was taken back is called.
            Fault.ofStream(
                    "a cancelled wait for the gate is called",
                    "P3_aCancelledWaitForTheGateLeavesTheOthers",
                    out -> new Delegate.Out(out) {
                        @Override
                        public Pollable subscribe() {
                            return waiting(sound, action -> {
                                sound.subscribe().onReady(action);
                                return () -> {};
                            });
                        }
                    }),

            // Taking one callback back takes all back.
            Fault.ofStream(
                    "a cancelled wait for the gate ends all",
                    "P3_aCancelledWaitForTheGateLeavesTheOthers",
                    out -> new Delegate.Out(out) {
                        private boolean cancelled;

                        @Override
                        public Pollable subscribe() {
                            return waiting(sound, action -> {
                                sound.subscribe().onReady(() -> {
                                    if (!cancelled) {
                                        action.run();
                                    }
                                });
                                return () -> cancelled = true;
                            });
                        }
                    }),

            // Only the gate wakes, and the end of the stream does not.
            Fault.ofStream(
                    "the end of a stream wakes nothing",
                    "P2_U3_U7_theEndOfAStreamWakesWaitersForItsGate",
                    out -> new Delegate.Out(out) {
                        @Override
                        public Pollable subscribe() {
                            return waiting(sound, action -> sound.subscribe().onReady(() -> {
                                if (isPermitted()) {
                                    action.run();
                                }
                            }));
                        }

                        private boolean isPermitted() {
                            try {
                                return sound.checkSend() > 0;
                            } catch (SocketErrorException ended) {
                                return false;
                            }
                        }
                    }));

    private FullBufferFaults() {}

    private interface OnReady {
        Pollable.Registration onReady(Runnable action);
    }

    /** A stream's pollable with another way to wait. */
    private static Pollable waiting(dev.sluice.udp.OutgoingDatagramStream out, OnReady way) {
        return new Pollable() {
            @Override
            public boolean ready() {
                return out.subscribe().ready();
            }

            @Override
            public Registration onReady(Runnable action) {
                return way.onReady(action);
            }
        };
    }

    /** When one interest fires, the other one's callback is forgotten. */
    private static final class OneShot extends Faulty {
        private final int forgetful;

        OneShot(dev.sluice.udp.spi.DatagramTransport sound, int forgetful) {
            super(sound);
            this.forgetful = forgetful;
        }

        @Override
        public void arm(int interest, Runnable ready) throws IOException {
            super.arm(
                    interest,
                    interest != forgetful
                            ? ready
                            : () -> {
                                forgetOther(interest);
                                ready.run();
                            });
        }

        private void forgetOther(int interest) {
            try {
                super.arm(READABLE + WRITABLE - interest, () -> {});
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
