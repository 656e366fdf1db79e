// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DatagramPathTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final InetSocketAddress THERE = new InetSocketAddress("127.0.0.1", 9);

    @Test
    void O3_ecnIsTheLowerPartOfTheTrafficClass() {
        assertEquals(DatagramPath.CE, DatagramPath.ofTrafficClass(0xff).ecn());
        assertEquals(
                0xb8 | DatagramPath.ECT_1,
                DatagramPath.ofTrafficClass(0xbb).withEcn(1).trafficClass());
        assertEquals(DatagramPath.ECT_0, DatagramPath.from(HERE).withEcn(2).trafficClass());
        assertEquals(DatagramPath.UNSET, DatagramPath.from(HERE).ecn());
        assertEquals(
                DatagramPath.UNSET,
                DatagramPath.ofTrafficClass(3)
                        .withTrafficClass(DatagramPath.UNSET)
                        .ecn());
    }

    @Test
    void O3_whatIsOutOfRangeIsRefused() {
        DatagramPath path = DatagramPath.from(HERE);
        assertThrows(NullPointerException.class, () -> DatagramPath.from(null));
        for (int wrong : List.of(-2, 256)) {
            assertThrows(IllegalArgumentException.class, () -> path.withTrafficClass(wrong));
            assertThrows(IllegalArgumentException.class, () -> DatagramPath.ofTrafficClass(wrong));
        }
        assertThrows(IllegalArgumentException.class, () -> path.withEcn(4));
        assertThrows(IllegalArgumentException.class, () -> path.withEcn(-1));
        assertThrows(IllegalArgumentException.class, () -> path.withInterface(-1));
    }

    @Test
    void O3_anAnswerGoesFromTheAddressThatWasAskedAndChoosesNothingElse() {
        DatagramPath asked = DatagramPath.received(HERE, HERE, 7, DatagramPath.CE);
        assertEquals(DatagramPath.from(HERE), asked.back());
        assertSame(asked.back(), asked.back());
        DatagramPath ofGroup = DatagramPath.received(null, HERE, 7, 0);
        assertNull(ofGroup.back().localAddress());
        assertEquals(0, ofGroup.back().interfaceIndex());
        assertEquals(DatagramPath.UNSET, ofGroup.back().trafficClass());

        ByteBuffer answer = ByteBuffer.allocate(1);
        OutgoingDatagram reply = new IncomingDatagram(ByteBuffer.allocate(1), THERE, asked).reply(answer);
        assertSame(answer, reply.data());
        assertSame(THERE, reply.remoteAddress());
        assertSame(asked.back(), reply.path());
        assertNull(new IncomingDatagram(ByteBuffer.allocate(1), THERE)
                .reply(answer)
                .path());
    }

    @Test
    void O4_pathsAreEqualIfEveryPartIs() throws Exception {
        byte[] linkLocal = new byte[16];
        linkLocal[0] = (byte) 0xfe;
        linkLocal[1] = (byte) 0x80;
        List<DatagramPath> different = List.of(
                DatagramPath.from(HERE),
                DatagramPath.from(HERE).withInterface(1),
                DatagramPath.from(HERE).withEcn(0),
                DatagramPath.from(HERE).withEcn(1),
                DatagramPath.received(null, HERE, 0, DatagramPath.UNSET),
                DatagramPath.received(HERE, HERE, 0, DatagramPath.UNSET),
                DatagramPath.from(Inet6Address.getByAddress(null, linkLocal, 1)),
                DatagramPath.from(Inet6Address.getByAddress(null, linkLocal, 2)));
        IntStream.range(0, different.size()).forEach(i -> IntStream.range(0, i)
                .forEach(j -> assertNotEquals(different.get(i), different.get(j), i + " and " + j)));
        DatagramPath same = DatagramPath.received(null, HERE, 0, DatagramPath.UNSET);
        assertEquals(different.get(4), same);
        assertEquals(different.get(4).hashCode(), same.hashCode());
        assertNotEquals(same, HERE);
    }
}
