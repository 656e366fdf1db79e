package dev.sluice.cli;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.SocketErrorException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * Sends datagrams in order until each has left, or has failed for good.
 *
 * <p>A datagram whose send fails was not transmitted (S7), and the error may not be its own: ICMP messages about earlier
 * datagrams are reported by whichever send comes next (S8), with codes that a send may also answer of its own accord. But
 * the system tells such an error once. So a datagram that failed is simply tried again, a few times; an error that stays
 * is its own, and the datagram is given up. Nothing is lost, nothing is sent twice, and it ends.
 */
final class Sender {
    /** A peer that refuses everything can have one more error ready for each attempt; it will not for all of these. */
    private static final int MOST_ATTEMPTS = 8;

    private static final int MOST_DATAGRAMS = OutgoingDatagramStream.MAX_PERMIT;

    private final DatagramBatch batch = new DatagramBatch(MOST_DATAGRAMS, Cutter.CAPACITY);
    private final OutgoingDatagramStream out;
    private final InetSocketAddress remote;
    private final Throttle throttle;
    private final SendTally tally;

    // About the datagram whose turn it is.
    private int failures;
    private ErrorCode lastError;

    /**
     * A sender.
     *
     * @param out where to send
     * @param remote the address that each datagram carries; null for the stream's own peer
     * @param throttle what holds it back
     * @param tally its books
     */
    Sender(OutgoingDatagramStream out, InetSocketAddress remote, Throttle throttle, SendTally tally) {
        this.out = out;
        this.remote = remote;
        this.throttle = throttle;
        this.tally = tally;
    }

    /** Sends all that comes in. What has come in leaves before the next read, which may have to wait for a person. */
    void send(Cutter cutter) throws IOException, InterruptedException {
        do {
            for (ByteBuffer datagram = cutter.next(); datagram != null; datagram = cutter.next()) {
                if (!batch.add(remote, datagram)) {
                    flush();
                    batch.add(remote, datagram);
                }
            }
            flush();
        } while (cutter.read());
    }

    private void flush() throws SocketErrorException, InterruptedException {
        for (int next = 0; next < batch.size(); ) {
            next += step(next);
        }
        batch.clear();
    }

    /** Returns with how many datagrams it is done: sent or given up. */
    private int step(int from) throws SocketErrorException, InterruptedException {
        int count = throttle.admit(batch, from);
        count = Math.min(count, awaitPermit());
        int sent;
        try {
            sent = out.send(batch, from, from + count);
        } catch (SocketErrorException e) {
            return failed(e);
        }
        if (sent > 0) {
            failures = 0;
            lastError = null;
            tally.sent(batch, from, from + sent);
            throttle.sent(batch, from, from + sent);
        }
        return sent;
    }

    private int awaitPermit() throws SocketErrorException, InterruptedException {
        int permitted = out.checkSend();
        while (permitted == 0) {
            out.subscribe().block();
            permitted = out.checkSend();
        }
        return permitted;
    }

    private int failed(SocketErrorException error) throws SocketErrorException {
        if (error.errorCode() == ErrorCode.INVALID_STATE) {
            throw error; // the socket is gone
        }
        if (error.errorCode() != lastError) { // the same one again, from the same datagram, is no second event
            lastError = error.errorCode();
            tally.error(error);
        }
        if (++failures < MOST_ATTEMPTS) {
            return 0;
        }
        failures = 0;
        lastError = null;
        tally.givenUp();
        return 1;
    }
}
