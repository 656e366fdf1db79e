// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramPath;
import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.ScratchPool.Scratch;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * Sends lists: copies as many datagrams as scratch memory holds, hands them over, and goes on with the next. Without state of
 * its own.
 */
final class ListSend {
    private final ScratchPool pool;
    private final DestinationCheck check;
    private final Transmission transmission;

    ListSend(ScratchPool pool, DestinationCheck check, Transmission transmission) {
        this.pool = pool;
        this.check = check;
        this.transmission = transmission;
    }

    int sendOne(OutgoingDatagram datagram) throws SocketErrorException {
        check.requireOne(
                datagram.remoteAddress(), datagram.path(), datagram.data().remaining());
        Scratch scratch = pool.take();
        try {
            SocketErrorException refusal = copy(datagram, scratch.batch(), true);
            if (refusal != null) {
                throw refusal;
            }
            return transmission.send(scratch.batch(), 1, true);
        } finally {
            pool.giveBack(scratch);
        }
    }

    /**
     * Sends the first elements of an array.
     *
     * @param checked whether they have been checked, so that only their lengths may still be wrong
     */
    int send(Object[] elements, int count, boolean checked) throws SocketErrorException {
        Scratch scratch = pool.take();
        try {
            DatagramBatch lot = scratch.batch();
            int sent = 0;
            while (sent < count) {
                lot.clear();
                boolean complete = fill(lot, elements, sent, count, checked);
                int filled = lot.size();
                if (filled == 0) {
                    break; // S2: the first one would have thrown
                }
                int gone = transmission.send(lot, filled, sent == 0);
                sent += gone;
                if (gone < filled || !complete) {
                    break;
                }
            }
            return sent;
        } finally {
            pool.giveBack(scratch);
        }
    }

    /**
     * Copies datagrams until there is no room or one can't be sent. If that is the first of all, it throws.
     *
     * @return whether the next one can be sent as far as is known, or there is none
     */
    private boolean fill(DatagramBatch lot, Object[] elements, int from, int count, boolean checked)
            throws SocketErrorException {
        int next = from;
        try {
            while (next < count && lot.size() == next - from) {
                SocketErrorException refusal = copy((OutgoingDatagram) elements[next], lot, checked);
                if (refusal != null) {
                    if (next == 0) {
                        throw refusal; // S3
                    }
                    return false;
                }
                next++;
            }
            return true;
        } catch (RuntimeException | Error thrown) { // a buffer whose memory is gone, say
            if (from == 0) {
                throw thrown; // nothing has been sent
            }
            return false; // S2: it is met again when the rest is sent
        }
    }

    /**
     * Checks a datagram, and copies it while it is at hand: fetching it twice costs more than the copy. If the batch has no
     * room left, it isn't copied.
     *
     * @return why it can't be sent, or null
     */
    private SocketErrorException copy(OutgoingDatagram datagram, DatagramBatch lot, boolean checked) {
        InetSocketAddress remote = datagram.remoteAddress();
        DatagramPath path = datagram.path();
        ByteBuffer payload = datagram.data();
        int length = payload.remaining();
        SocketErrorException refusal = checked ? check.refusal(length) : check.refusal(remote, path, length);
        if (refusal == null && !lot.add(remote, payload, path) && lot.size() == 0) {
            // Empty memory has room for whatever was just checked: another thread is changing the buffer.
            return check.tooLarge(payload.remaining());
        }
        return refusal;
    }
}
