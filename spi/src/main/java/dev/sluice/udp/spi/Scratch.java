package dev.sluice.udp.spi;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import java.util.Arrays;
import java.util.List;

/** What one call on lists needs: a batch that holds one maximal trip, and a place for the list's elements. */
final class Scratch {
    /** The kernel's largest number of segments in a trip (UDP_MAX_SEGMENTS, include/linux/udp.h: 128 since 6.9). */
    private static final int TRIP_DATAGRAMS = 128;

    /** Room for the largest datagram of either family, which is also the largest trip. */
    private static final int TRIP_BYTES = 65_536;

    final DatagramBatch batch = new DatagramBatch(TRIP_DATAGRAMS, TRIP_BYTES);

    /** What the list writes into. It may keep this array, so what was checked is sent from a copy. */
    private final OutgoingDatagram[] handedOut = new OutgoingDatagram[OutgoingDatagramStream.MAX_PERMIT];

    private final OutgoingDatagram[] elements = new OutgoingDatagram[OutgoingDatagramStream.MAX_PERMIT];

    private int used;

    /**
     * The list's elements. The list is foreign code: it is read once, here, under no lock.
     *
     * @throws NullPointerException if one is null
     */
    OutgoingDatagram[] elements(List<OutgoingDatagram> datagrams, int count) {
        used = count;
        System.arraycopy(datagrams.toArray(handedOut), 0, elements, 0, count);
        for (int i = 0; i < count; i++) {
            if (elements[i] == null) {
                throw new NullPointerException("datagram " + i + " of the list is null");
            }
        }
        return elements;
    }

    /** Lets go of what belongs to the application. */
    void clear() {
        Arrays.fill(elements, 0, used, null);
        boolean grown = used < handedOut.length && handedOut[used] != null; // the list wrote more than it had said
        Arrays.fill(handedOut, 0, grown ? handedOut.length : used, null);
        used = 0;
        batch.clear();
    }
}
