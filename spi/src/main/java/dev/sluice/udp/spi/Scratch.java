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

    /** In the pool. */
    final int place;

    final DatagramBatch batch = new DatagramBatch(TRIP_DATAGRAMS, TRIP_BYTES);

    /** Not of the elements' class: storing a list's array would then look at each element, to check that it is one. */
    private final Object[] elements = new Object[OutgoingDatagramStream.MAX_PERMIT];

    private int used;

    Scratch(int place) {
        this.place = place;
    }

    /**
     * The list's elements. The list is foreign code: it is read here, under no lock. It may have kept the array, so an
     * element is to be fetched once, and then to be checked and copied.
     *
     * @throws NullPointerException if one is null
     */
    Object[] elements(List<OutgoingDatagram> datagrams, int count) {
        used = count;
        Object[] read = datagrams.toArray(elements);
        for (int i = 0; i < count; i++) {
            if (read[i] == null) {
                throw new NullPointerException("datagram " + i + " of the list is null");
            }
        }
        return read;
    }

    /** Lets go of what belongs to the application. */
    void clear() {
        boolean grown = used < elements.length && elements[used] != null; // the list wrote more than it had said
        Arrays.fill(elements, 0, grown ? elements.length : used, null);
        used = 0;
        batch.clear();
    }
}
