// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck.broken;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.SocketStatistics;
import dev.sluice.udp.spi.TransportOption;
import java.net.SocketOption;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Faults of options (O1) and of the ledger (K1). */
final class LedgerFaults {
    static final List<Fault> ALL = List.of(
            // What can't be done is promised.
            Fault.ofTransport("options that are none", "O1_supportedOptionsTellsTheTruth", sound -> new Faulty(sound) {
                @Override
                public Set<TransportOption> supportedOptions() {
                    return Set.of(TransportOption.values());
                }
            }),

            // A value is swallowed.
            Fault.ofSocket("options are not set", "O1_whatIsSetIsReadBackInEveryState", sound -> new Delegate(sound) {
                @Override
                public <T> void setOption(SocketOption<T> option, T value) throws SocketErrorException {
                    sound.getOption(option);
                }
            }),

            // Only what went is counted.
            Fault.ofSocket(
                    "what is left is not counted",
                    "K1_whatIsGivenToSendIsSentRefusedOrLeft, K1_C4_whatTheBufferDoesNotTakeIsLeftToTheCaller",
                    sound -> new Delegate(sound) {
                        @Override
                        public SocketStatistics statistics() {
                            SocketStatistics ledger = sound.statistics();
                            return with(ledger, ledger.refused(), 0);
                        }
                    }),
            Fault.ofSocket(
                    "what is refused is not counted",
                    "K1_theSumsAreExactWhileOthersSend",
                    sound -> new Delegate(sound) {
                        @Override
                        public SocketStatistics statistics() {
                            SocketStatistics ledger = sound.statistics();
                            return with(ledger, Map.of(), ledger.leftToCaller());
                        }
                    }));

    private LedgerFaults() {}

    private static SocketStatistics with(SocketStatistics ledger, Map<ErrorCode, Long> refused, long left) {
        return new SocketStatistics(
                ledger.datagramsSent(),
                ledger.bytesSent(),
                refused,
                left,
                ledger.earlierErrors(),
                ledger.datagramsReceived(),
                ledger.bytesReceived(),
                ledger.droppedByNetwork(),
                ledger.droppedByPeerFilter(),
                ledger.receiveErrors(),
                ledger.droppedByKernel());
    }
}
