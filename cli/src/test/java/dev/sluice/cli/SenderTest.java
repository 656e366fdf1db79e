// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.Pollable;
import dev.sluice.udp.SendNotPermittedException;
import dev.sluice.udp.SocketErrorException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How the sender handles what the kernel can answer, with a scripted stream. */
class SenderTest {
    private final List<String> complaints = new ArrayList<>();
    private final SendStatistics statistics = new SendStatistics(
            (number, error) -> complaints.add(number + " " + error.errorCode().witName()));

    @Test
    void aFullBufferIsWaitedFor() {
        Script out = new Script() {
            private int tries;

            @Override
            int take(DatagramBatch batch, int from, int to) {
                isOpen = ++tries % 3 != 0;
                return isOpen ? 1 : 0;
            }
        };
        send(out, "1\n2\n3\n4\n5\n6\n7\n");
        assertEquals(List.of("1", "2", "3", "4", "5", "6", "7"), out.arrived);
        assertEquals(7, statistics.datagrams());
        assertEquals("none", statistics.errors());
    }

    @Test
    void S8_anErrorOfAnEarlierDatagramCostsNone() {
        Script out = new Script() {
            private boolean refused;

            @Override
            int take(DatagramBatch batch, int from, int to) throws SocketErrorException {
                refused = !refused && !arrived.isEmpty(); // each datagram's answer is there before the next one is sent
                if (refused) {
                    throw new SocketErrorException(ErrorCode.CONNECTION_REFUSED, "refused");
                }
                return 1;
            }
        };
        send(out, "x\n".repeat(2000));
        assertEquals(2000, out.arrived.size());
        assertEquals(2000, statistics.datagrams());
        assertEquals(2000, statistics.total());
        assertEquals("connection-refused 1999", statistics.errors());
        assertEquals(List.of("2 connection-refused"), complaints);
    }

    @Test
    void anErrorThatStaysIsTheDatagramsOwn() {
        Script out = new Script() {
            @Override
            int take(DatagramBatch batch, int from, int to) throws SocketErrorException {
                if (text(batch, from).equals("bad")) {
                    throw new SocketErrorException(ErrorCode.DATAGRAM_TOO_LARGE, "too large");
                }
                return 1;
            }
        };
        send(out, "a\nbad\nb\nbad\nc\n");
        assertEquals(List.of("a", "b", "c"), out.arrived);
        assertEquals(3, statistics.datagrams());
        assertEquals(3, statistics.bytes());
        assertEquals(5, statistics.total());
        assertEquals("datagram-too-large 2", statistics.errors());
    }

    @Test
    void twoThousandSendsThatAllFailEnd() {
        Script out = new Script() {
            @Override
            int take(DatagramBatch batch, int from, int to) throws SocketErrorException {
                throw new SocketErrorException(ErrorCode.REMOTE_UNREACHABLE, "no route");
            }
        };
        send(out, "x\n".repeat(2000));
        assertEquals(0, statistics.datagrams());
        assertEquals(2000, statistics.total());
        assertEquals("remote-unreachable 2000", statistics.errors());
    }

    @Test
    void anEndedSocketEndsIt() {
        Script out = new Script() {
            @Override
            int take(DatagramBatch batch, int from, int to) throws SocketErrorException {
                throw new SocketErrorException(ErrorCode.INVALID_STATE, "closed");
            }
        };
        Sender sender = new Sender(Route.toPeer(out), Throttle.NONE, statistics);
        assertThrows(SocketErrorException.class, () -> sender.send(Framing.LINES.of(input("a\n"))));
    }

    @Test
    void theThrottleDecidesHowManyGo() {
        List<Integer> tries = new ArrayList<>();
        Script out = new Script() {
            @Override
            int take(DatagramBatch batch, int from, int to) {
                tries.add(to - from);
                return to - from;
            }
        };
        Sender sender = new Sender(Route.toPeer(out), (batch, from) -> Math.min(2, batch.size() - from), statistics);
        run(sender, "1\n2\n3\n4\n5\n");
        assertEquals(List.of(2, 2, 1), tries);
    }

    private void send(OutgoingDatagramStream out, String input) {
        run(new Sender(Route.toPeer(out), Throttle.NONE, statistics), input);
    }

    private static void run(Sender sender, String input) {
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> sender.send(Framing.LINES.of(input(input))));
    }

    private static ByteArrayInputStream input(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(DatagramBatch batch, int index) {
        return new String(batch.bytes(index), StandardCharsets.UTF_8);
    }

    /** A stream without a kernel, which insists on permits as a real one does. */
    private abstract static class Script implements OutgoingDatagramStream, Pollable {
        final List<String> arrived = new ArrayList<>();
        boolean isOpen = true;
        private int permitted;

        abstract int take(DatagramBatch batch, int from, int to) throws SocketErrorException;

        @Override
        public int checkSend() {
            permitted = isOpen ? MAX_PERMIT : 0;
            return permitted;
        }

        @Override
        public int send(DatagramBatch batch, int from, int to) throws SocketErrorException {
            if (to - from > permitted) {
                throw new SendNotPermittedException(permitted, to - from);
            }
            permitted = 0;
            int taken = take(batch, from, to);
            for (int i = from; i < from + taken; i++) {
                arrived.add(text(batch, i));
            }
            return taken;
        }

        @Override
        public int send(List<OutgoingDatagram> datagrams) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean trySend(OutgoingDatagram datagram) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int sendAll(List<OutgoingDatagram> datagrams, Duration timeout) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Pollable subscribe() {
            return this;
        }

        @Override
        public boolean ready() {
            return isOpen;
        }

        @Override
        public Registration onReady(Runnable action) {
            isOpen = true; // the buffer drains while the sender waits
            action.run();
            return () -> {};
        }
    }
}
