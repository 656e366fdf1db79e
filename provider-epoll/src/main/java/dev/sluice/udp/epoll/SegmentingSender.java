package dev.sluice.udp.epoll;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.Errno;
import java.net.InetSocketAddress;

/**
 * Sends a run as one super-packet that the kernel segments (UDP_SEGMENT, a GSO send), and everything else alone. Apart from
 * the time it takes there is no difference (S6).
 *
 * <p>A refused super-packet transmitted nothing. It is tried again datagram by datagram, and only if the first of them
 * passes is the refusal put down to segmentation and remembered, until the peer changes: by size where the size may be
 * the reason, for all sizes after EIO (a device without checksums, or IPsec). Errors left pending by earlier datagrams
 * are reported and never retried (S8).
 *
 * <p>Called under the send lock, but for {@link #met}.
 */
final class SegmentingSender {
    /** {@link #cut} when a failed attempt to set it leaves nothing known. */
    private static final int UNKNOWN = -1;

    private static final int REFUSED = -1;

    private final SendCalls calls;
    private final SegmentCeiling ceiling;
    private final boolean segmenting;
    private final int maxBytes;

    private boolean hasPeer;
    private int maxSegment;

    /** A datagram was too large for the path to the peer, which may have become narrower. */
    private volatile boolean narrower;

    /** The kernel's option as it was last set. It stays set from run to run: setting it costs a tenth of a GSO send. */
    private int cut;

    SegmentingSender(SendCalls calls, SegmentCeiling ceiling, boolean segmenting, int maxBytes) {
        this.calls = calls;
        this.ceiling = ceiling;
        this.segmenting = segmenting;
        this.maxBytes = maxBytes;
        this.maxSegment = segmenting ? Integer.MAX_VALUE : 0;
    }

    /**
     * There is another peer, or none: what was refused before may pass now. To a peer, only what fits the path is tried
     * as a run, so that the EMSGSIZE of a run can be distinguished from one that was pending.
     */
    void peerChanged(boolean peer) {
        hasPeer = peer;
        maxSegment = !segmenting ? 0 : peer ? calls.pathPayload() : Integer.MAX_VALUE;
    }

    /**
     * An error was reported. If a router finds datagrams too large, this has now been reported: a run of that
     * size must not report it once more.
     */
    void met(SocketErrorException error) {
        if (error.errno().orElse(0) == Errno.EMSGSIZE.number()) {
            narrower = hasPeer;
        }
    }

    /** One call, as {@link dev.sluice.udp.spi.DatagramTransport#send} has it. */
    int send(DatagramBatch batch, int from, int to) throws SocketErrorException {
        if (narrower) {
            narrower = false;
            maxSegment = Math.min(maxSegment, calls.pathPayload());
        }
        int end = SegmentRun.end(batch, from, to, hasPeer, ceiling.segments(), maxSegment, maxBytes);
        return end - from > 1 ? sendRun(batch, from, end) : sendOne(batch, from);
    }

    private int sendRun(DatagramBatch batch, int from, int end) throws SocketErrorException {
        try {
            return sendSegments(batch, from, end);
        } catch (SocketErrorException e) {
            int errno = e.errno().orElse(0);
            if (!mayBeRefusal(errno, batch.length(from))) {
                throw e;
            }
            return resend(batch, from, end, errno);
        }
    }

    /** Whether it may be segmentation that the kernel refuses. */
    private boolean mayBeRefusal(int errno, int segment) {
        if (errno == Errno.EMSGSIZE.number()) {
            return !hasPeer || isTooLargeForDevice(segment);
        }
        return errno == Errno.EINVAL.number() || errno == Errno.EIO.number();
    }

    /**
     * Whether the kernel means the segments, and not an earlier datagram that a router found too large. They did fit the
     * path when it was last asked. If they still do, the error was pending; if it is a router that they don't fit any
     * more, it was too, for that is how the path MTU is learnt. Only the lowering of a
     * device's own MTU is reported nowhere before.
     */
    private boolean isTooLargeForDevice(int segment) {
        maxSegment = Math.min(maxSegment, calls.pathPayload());
        return segment > maxSegment && segment > calls.devicePayload();
    }

    private int resend(DatagramBatch batch, int from, int end, int errno) throws SocketErrorException {
        if (errno == Errno.EINVAL.number() && end - from > SegmentCeiling.OLD_KERNELS) {
            int shorter = resendShorter(batch, from);
            if (shorter != REFUSED) {
                return shorter;
            }
        }
        int sent = sendOne(batch, from);
        if (sent > 0) {
            maxSegment = errno == Errno.EIO.number() ? 0 : Math.min(maxSegment, batch.length(from) - 1);
        }
        return sent;
    }

    private int resendShorter(DatagramBatch batch, int from) throws SocketErrorException {
        try {
            int sent = sendSegments(batch, from, from + SegmentCeiling.OLD_KERNELS);
            if (sent > 0) {
                ceiling.lower();
            }
            return sent;
        } catch (SocketErrorException e) {
            if (e.errno().orElse(0) != Errno.EINVAL.number()) {
                throw e;
            }
            return REFUSED;
        }
    }

    private int sendSegments(DatagramBatch batch, int from, int end) throws SocketErrorException {
        setSegmentSize(batch.length(from));
        int last = end - 1;
        int bytes = call(batch, from, batch.offset(last) + batch.length(last));
        return bytes == 0 ? 0 : end - from;
    }

    private int sendOne(DatagramBatch batch, int index) throws SocketErrorException {
        // A stale option would cut a larger datagram, and make the kernel refuse a smaller one where the path is
        // narrow.
        setSegmentSize(0);
        int length = batch.length(index);
        if (length == 0 && !calls.isWritable()) {
            return 0; // the kernel would answer 0 whether it takes it or not
        }
        int bytes = call(batch, index, batch.offset(index) + length);
        return bytes == 0 && length > 0 ? 0 : 1;
    }

    private int call(DatagramBatch batch, int index, int end) throws SocketErrorException {
        InetSocketAddress remote = hasPeer ? null : batch.remoteAddress(index);
        return calls.send(batch.memory(), batch.offset(index), end, remote);
    }

    private void setSegmentSize(int segment) throws SocketErrorException {
        if (cut != segment) {
            cut = UNKNOWN;
            calls.setSegmentSize(segment);
            cut = segment;
        }
    }
}
