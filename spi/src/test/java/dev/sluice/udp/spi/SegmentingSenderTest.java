// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramPath;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.SocketErrorException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentingSenderTest {
    private static final InetSocketAddress A = new InetSocketAddress("127.0.0.1", 1001);

    private final ScriptedSendCalls wire = new ScriptedSendCalls();
    private final SegmentCeiling ceiling = new SegmentCeiling();
    private final SegmentingSender path = new SegmentingSender(wire, null, ceiling, true, 65_507);

    private static DatagramBatch batch(int... lengths) {
        DatagramBatch batch = new DatagramBatch(300, 300_000);
        for (int length : lengths) {
            batch.add(A, ByteBuffer.allocate(length));
        }
        return batch;
    }

    private static DatagramBatch many(int count, int length) {
        int[] lengths = new int[count];
        Arrays.fill(lengths, length);
        return batch(lengths);
    }

    private int send(DatagramBatch batch) throws SocketErrorException {
        return path.send(batch, 0, batch.size());
    }

    private void assertCalls(String... expected) {
        assertEquals(List.of(expected), wire.calls);
        wire.calls.clear();
    }

    private ErrorCode failure(DatagramBatch batch) {
        return assertThrows(SocketErrorException.class, () -> send(batch)).errorCode();
    }

    @Test
    void S6_aRunIsOneTripAndTheOptionStays() throws Exception {
        assertEquals(3, send(batch(100, 100, 50)));
        assertCalls("cut 100", "send 250");
        assertEquals(2, send(batch(100, 100)));
        assertCalls("send 200");
    }

    @Test
    void S6_aSingleDatagramNeverMeetsAStaleOption() throws Exception {
        send(batch(100, 100));
        assertEquals(1, send(batch(250)));
        assertCalls("cut 100", "send 200", "cut 0", "send 250");
        send(batch(100, 100));
        assertEquals(1, send(batch(50))); // smaller than the option: a narrow path would refuse it all the same
        assertCalls("cut 100", "send 200", "cut 0", "send 50");
    }

    @Test
    void S1_aFullBufferIsZeroWhetherRunOrNot() throws Exception {
        wire.answers.addAll(List.of(ScriptedSendCalls.FULL, ScriptedSendCalls.FULL, ScriptedSendCalls.FULL));
        assertEquals(0, send(batch(100, 100)));
        assertEquals(0, send(batch(100)));
        assertEquals(0, send(batch(0)));
    }

    @Test
    void S1_anEmptyDatagramCounts() throws Exception {
        assertEquals(1, send(batch(0)));
        assertCalls("send 0");
    }

    @Test
    void S6_aRefusedSizeIsSentOneByOneFromThenOn() throws Exception {
        wire.answers.add(Errno.EMSGSIZE);
        assertEquals(1, send(batch(2000, 2000, 2000)));
        assertCalls("cut 2000", "send 6000", "cut 0", "send 2000");
        assertEquals(1, send(batch(2000, 2000)));
        assertCalls("send 2000");
        assertEquals(2, send(batch(1000, 1000)));
        assertCalls("cut 1000", "send 2000");
    }

    @Test
    void S6_aDeviceThatCannotSegmentIsNotAskedAgain() throws Exception {
        wire.answers.add(Errno.EIO);
        assertEquals(1, send(batch(100, 100)));
        assertEquals(1, send(batch(10, 10)));
        assertCalls("cut 100", "send 200", "cut 0", "send 100", "send 10");
    }

    @Test
    void S6_whateverRefusesOnlyRunsTheyAreSentOneByOne() throws Exception {
        for (Errno errno : List.of(Errno.EPERM, Errno.EOPNOTSUPP, Errno.EACCES, Errno.EPROTONOSUPPORT)) {
            path.peerChanged(false);
            wire.answers.add(errno);
            assertEquals(1, send(batch(100, 100)), errno::name);
            assertEquals(1, send(batch(100, 100)), errno::name);
            assertEquals("send 100", wire.calls.get(wire.calls.size() - 1), "not tried again");
        }
        path.peerChanged(true);
        wire.answers.add(Errno.EPERM); // which no ICMP message is reported as
        assertEquals(1, send(batch(100, 100)));
    }

    @Test
    void S6_aRunThatLackedMemoryIsSentOneByOneAndTheNextIsTried() throws Exception {
        wire.answers.add(Errno.ENOBUFS);
        assertEquals(1, send(batch(100, 100)));
        assertEquals(2, send(batch(100, 100)));
        wire.answers.addAll(List.of(Errno.ENOBUFS, Errno.ENOBUFS));
        assertEquals(ErrorCode.OUT_OF_MEMORY, failure(batch(100, 100)));
    }

    @Test
    void S6_anotherPeerIsAnotherChance() throws Exception {
        wire.answers.add(Errno.EIO);
        send(batch(100, 100));
        path.peerChanged(true);
        wire.calls.clear();
        assertEquals(2, send(batch(100, 100)));
        assertCalls("cut 100", "send 200");
    }

    @Test
    void S3_aRefusalThatIsNotAboutSegmentationIsReportedAndForgotten() throws Exception {
        wire.answers.addAll(List.of(Errno.EINVAL, Errno.EINVAL)); // a "blackhole" route
        assertEquals(ErrorCode.INVALID_ARGUMENT, failure(batch(100, 100)));
        wire.calls.clear();
        assertEquals(2, send(batch(100, 100)));
        assertCalls("cut 100", "send 200");
    }

    @Test
    void S8_aPendingErrorIsReportedAndNothingIsSentAgain() {
        path.peerChanged(true);
        for (Errno errno : List.of(Errno.ECONNREFUSED, Errno.EHOSTUNREACH, Errno.EACCES, Errno.ENOPROTOOPT)) {
            wire.answers.add(errno);
            assertThrows(SocketErrorException.class, () -> send(batch(100, 100)));
        }
        assertCalls("cut 100", "send 200", "send 200", "send 200", "send 200");
    }

    @Test
    void S8_tooLargeForThePathIsPendingWhenTheSegmentsFit() throws Exception {
        path.peerChanged(true);
        wire.answers.add(Errno.EMSGSIZE);
        assertEquals(ErrorCode.DATAGRAM_TOO_LARGE, failure(batch(100, 100)));
        assertCalls("cut 100", "send 200");
        assertEquals(2, send(batch(100, 100)));
        assertCalls("send 200");
    }

    @Test
    void S8_tooLargeForARouterIsPendingToo() throws Exception {
        path.peerChanged(true);
        wire.pathPayload = 1000;
        wire.answers.add(Errno.EMSGSIZE);
        assertEquals(ErrorCode.DATAGRAM_TOO_LARGE, failure(batch(1400, 1400)));
        assertEquals(1, send(batch(1400, 1400)));
        assertCalls("cut 1400", "send 2800", "cut 0", "send 1400");
    }

    /** The router may just let the segments through, or the device may be the wrong one: by its address it was found. */
    @Test
    void S8_tooLargeIsPendingUnlessPathAndDeviceAreNarrower() throws Exception {
        for (int[] payloads : new int[][] {{1000, 1400}, {1400, 1000}}) {
            path.peerChanged(true);
            wire.pathPayload = payloads[0];
            wire.devicePayload = payloads[1];
            wire.answers.add(Errno.EMSGSIZE);
            assertEquals(ErrorCode.DATAGRAM_TOO_LARGE, failure(batch(1400, 1400)));
            wire.pathPayload = 1472;
        }
    }

    @Test
    void S8_aPathThatIsKnownToBeNarrowerIsNotReportedAgain() throws Exception {
        path.peerChanged(true);
        wire.answers.add(Errno.EMSGSIZE);
        SocketErrorException reported = assertThrows(SocketErrorException.class, () -> send(batch(10)));
        wire.pathPayload = 1000;
        path.errorMet(reported);
        wire.calls.clear();
        assertEquals(1, send(batch(1400, 1400)));
        assertCalls("send 1400");
    }

    @Test
    void S6_aDeviceWhoseMtuShrinksShowsNowhere() throws Exception {
        path.peerChanged(true);
        wire.pathPayload = 1000;
        wire.devicePayload = 1000;
        wire.answers.add(Errno.EMSGSIZE);
        assertEquals(1, send(batch(1400, 1400)));
        assertEquals(1, send(batch(1400, 1400)));
        assertCalls("cut 1400", "send 2800", "cut 0", "send 1400", "send 1400");
    }

    @Test
    void S6_whatDoesNotFitThePathIsNotTriedAsARun() throws Exception {
        path.peerChanged(true);
        assertEquals(1, send(batch(1473, 1473)));
        assertEquals(2, send(batch(1472, 1472)));
        assertCalls("send 1473", "cut 1472", "send 2944");
    }

    @Test
    void S6_anOldKernelsSegmentsAreLearnt() throws Exception {
        wire.answers.add(Errno.EINVAL);
        assertEquals(64, send(many(100, 10)));
        assertEquals(64, ceiling.segments());
        assertEquals(64, send(many(100, 10)));
        assertCalls("cut 10", "send 1000", "send 640", "send 640");
    }

    @Test
    void S6_whatAnOldKernelTakesIsNotTriedTwice() throws Exception {
        wire.answers.add(Errno.EINVAL);
        assertEquals(1, path.send(many(74, 10), 10, 74));
        assertCalls("cut 10", "send 640", "cut 0", "send 10");
    }

    @Test
    void S6_aFullBufferTeachesNothingOfSegmentation() throws Exception {
        wire.answers.addAll(List.of(Errno.EINVAL, ScriptedSendCalls.FULL));
        assertEquals(0, send(many(100, 10)));
        assertEquals(128, ceiling.segments());
        wire.calls.clear();
        wire.answers.addAll(List.of(Errno.EMSGSIZE, ScriptedSendCalls.FULL));
        assertEquals(0, send(batch(2000, 2000)));
        assertEquals(2, send(batch(2000, 2000)));
        assertCalls("cut 2000", "send 4000", "cut 0", "send 2000", "cut 2000", "send 4000");
    }

    @Test
    void S6_segmentsThatAreRefusedHoweverFewGoOneByOne() throws Exception {
        wire.answers.addAll(List.of(Errno.EINVAL, Errno.EINVAL));
        assertEquals(1, send(many(100, 10)));
        assertCalls("cut 10", "send 1000", "send 640", "cut 0", "send 10");
    }

    @Test
    void S8_anErrorMetWhileLearningIsReported() {
        wire.answers.addAll(List.of(Errno.EINVAL, Errno.ENOBUFS));
        assertEquals(ErrorCode.OUT_OF_MEMORY, failure(many(100, 10)));
        assertCalls("cut 10", "send 1000", "send 640");
    }

    @Test
    void S6_segmentsAreNotLearntFromAnInvalidDestination() throws Exception {
        wire.answers.addAll(List.of(Errno.EINVAL, Errno.EINVAL, Errno.EINVAL));
        assertEquals(ErrorCode.INVALID_ARGUMENT, failure(many(100, 10)));
        assertEquals(128, ceiling.segments());
    }

    @Test
    void S6_aKernelWithoutTheOptionIsNeverAsked() throws Exception {
        SegmentingSender old = new SegmentingSender(wire, null, ceiling, false, 65_507);
        old.peerChanged(true);
        assertEquals(1, old.send(batch(10, 10), 0, 2));
        assertCalls("send 10");
    }

    private SegmentingSender multiple() {
        return new SegmentingSender(wire, wire, ceiling, true, 65_507);
    }

    @Test
    void S6_mixedSizesLeaveInOneCall() throws Exception {
        assertEquals(7, multiple().send(batch(100, 100, 50, 60, 0, 7, 7), 0, 7));
        assertCalls("send 250 by 100, 60, 0, 14 by 7");
    }

    @Test
    void S6_whatOneCallCannotTakeIsLeftForTheNext() throws Exception {
        SegmentingSender sender = multiple();
        DatagramBatch batch = batch(1, 2, 3, 4, 5, 6);
        assertEquals(4, sender.send(batch, 0, 6));
        assertEquals(2, sender.send(batch, 4, 6));
        assertCalls("send 1, 2, 3, 4", "send 5, 6");
    }

    @Test
    void S6_aRunThatIsAllNeedsNoListOfSends() throws Exception {
        assertEquals(2, multiple().send(batch(10, 10), 0, 2));
        assertCalls("cut 10", "send 20");
    }

    @Test
    void S6_severalSendsNeverMeetAStaleOption() throws Exception {
        SegmentingSender sender = multiple();
        sender.send(batch(10, 10), 0, 2);
        assertEquals(2, sender.send(batch(1, 2), 0, 2));
        assertCalls("cut 10", "send 20", "cut 0", "send 1, 2");
    }

    @Test
    void S1_severalCountTheDatagramsOfTheSendsThatWent() throws Exception {
        wire.answers.addAll(List.of(2, ScriptedSendCalls.FULL));
        assertEquals(4, multiple().send(batch(10, 10, 10, 20, 30), 0, 5));
        assertEquals(0, multiple().send(batch(1, 2), 0, 2));
    }

    @Test
    void S6_aFirstRunThatIsRefusedAmongSeveralIsSentOneByOneFromThenOn() throws Exception {
        SegmentingSender sender = multiple();
        wire.answers.add(Errno.EMSGSIZE);
        assertEquals(1, sender.send(batch(2000, 2000, 9000), 0, 3));
        assertEquals(3, sender.send(batch(2000, 2000, 9000), 0, 3));
        assertCalls("send 4000 by 2000, 9000", "send 2000", "send 2000, 2000, 9000");
    }

    @Test
    void S3_aFirstDatagramThatFailsAmongSeveralIsReported() {
        wire.answers.add(Errno.EMSGSIZE);
        assertThrows(SocketErrorException.class, () -> multiple().send(batch(2000, 3000), 0, 2));
        assertCalls("send 2000, 3000");
    }

    /** sendmmsg(2) answers a count then, and the kernel has forgotten the error. */
    @Test
    void S8_toAPeerEachSendIsACallOfItsOwn() throws Exception {
        SegmentingSender sender = multiple();
        sender.peerChanged(true);
        assertEquals(1, sender.send(batch(1, 2), 0, 2));
        assertCalls("send 1");
    }

    /** By the call that takes control messages, whatever stands around it, and to a peer too. */
    @Test
    void O3_O4_whatHasAPathIsSentWithIt() throws Exception {
        SegmentingSender both = new SegmentingSender(wire, wire, ceiling, true, 65_507);
        DatagramPath marked = DatagramPath.ofTrafficClass(DatagramPath.CE);
        DatagramBatch batch = batch(10, 10);
        for (int i = 0; i < 3; i++) {
            batch.add(A, ByteBuffer.allocate(10), marked);
        }
        assertEquals(5, both.send(batch, 0, 5));
        assertCalls("send 20 by 10, 30 by 10 with " + marked);
        both.peerChanged(true);
        assertEquals(2, both.send(batch, 0, 5));
        assertEquals(3, both.send(batch, 2, 5));
        assertCalls("cut 10", "send 20", "send 30 with " + marked);
        assertEquals(1, both.send(batch, 4, 5));
        assertCalls("cut 0", "send 10 with " + marked);
        wire.answers.add(ScriptedSendCalls.FULL);
        assertEquals(0, both.send(batch, 4, 5));
        wire.answers.add(Errno.ECONNREFUSED);
        assertThrows(SocketErrorException.class, () -> both.send(batch, 4, 5));
    }
}
