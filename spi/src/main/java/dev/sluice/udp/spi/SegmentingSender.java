// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramPath;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.jfr.EventSource;
import dev.sluice.udp.spi.jfr.Events;
import java.net.InetSocketAddress;
import java.util.Set;

/**
 * Sends on Linux: a run as one super-packet that the kernel segments (UDP_SEGMENT, a GSO send), everything else alone, and
 * several of both in one system call where that is possible. Apart from the time it takes there is no difference
 * ({@link dev.sluice.udp.Rule#S6 S6}).
 *
 * <p>A refused super-packet transmitted nothing. It is tried again datagram by datagram, and only if the first of them
 * passes is the refusal put down to segmentation and remembered, until the peer changes: by size where the size may be
 * the reason, for all sizes after any other error (EIO: a device without checksums, or IPsec; EPERM: a firewall that looks
 * at the super-packet). Errors that may be pending from earlier datagrams are reported and never retried
 * ({@link dev.sluice.udp.Rule#S8 S8}).
 *
 * <p>Called under the send lock, but for {@link #errorMet}.
 */
public final class SegmentingSender {
    /** {@link #cut} when a failed attempt to set it leaves nothing known. */
    private static final int UNKNOWN = -1;

    private static final int REFUSED = -1;

    private static final Set<TransportOption> OPTIONS =
            Set.of(TransportOption.SEGMENTATION_OFFLOAD, TransportOption.MAX_SEGMENTS);

    private static final int EPROTO = 71;

    /**
     * What an ICMP message leaves pending on a socket with a peer (icmp_err_convert in net/ipv4/icmp.c, tab_unreach and
     * icmpv6_err_convert in net/ipv6/icmp.c), besides EMSGSIZE.
     */
    private static final Set<Integer> PENDING = Set.of(
            Errno.ECONNREFUSED.number(),
            Errno.EHOSTUNREACH.number(),
            Errno.ENETUNREACH.number(),
            Errno.EHOSTDOWN.number(),
            Errno.ENONET.number(),
            Errno.ENOPROTOOPT.number(),
            Errno.EACCES.number(),
            EPROTO);

    /** What says nothing of segmentation, though a smaller send may pass. */
    private static final Set<Integer> OF_MEMORY = Set.of(Errno.ENOBUFS.number(), Errno.ENOMEM.number());

    private final SendCalls calls;

    /** Null if the system has no such call. */
    private final MultiSendCalls multiple;

    private final SegmentCeiling ceiling;
    private final boolean canSegment;

    // Options: written under both locks.
    private boolean segmenting;
    private int maxSegments = SegmentCeiling.NEW_KERNELS;

    private final int maxBytes;

    private boolean hasPeer;
    private int maxSegment;

    /** Null if it isn't known. */
    private EventSource socket;

    /** A datagram was too large for the path to the peer, which may have become narrower. */
    private volatile boolean narrower;

    /** The kernel's option as it was last set. It stays set from run to run: setting it costs a tenth of a GSO send. */
    private int cut;

    /** Where each prepared send ends in the batch. */
    private final int[] ends;

    /**
     * A sender for a socket without a peer.
     *
     * @param calls the socket
     * @param multiple the same socket, if it can do several sends in one system call; else null. Needed where datagrams have
     *     paths
     * @param ceiling what has been learnt about this kernel
     * @param canSegment whether this kernel knows UDP_SEGMENT
     * @param maxBytes the largest payload of the socket's family
     */
    public SegmentingSender(
            SendCalls calls, MultiSendCalls multiple, SegmentCeiling ceiling, boolean canSegment, int maxBytes) {
        this.calls = calls;
        this.multiple = multiple;
        this.ceiling = ceiling;
        this.canSegment = canSegment;
        this.segmenting = canSegment;
        this.maxBytes = maxBytes;
        this.maxSegment = canSegment ? Integer.MAX_VALUE : 0;
        this.ends = new int[multiple == null ? 0 : multiple.capacity()];
    }

    /** Whose sender this is. */
    void belongsTo(EventSource owner) {
        socket = owner;
    }

    /**
     * There is another peer, or none: what was refused before may pass now. To a peer, only what fits the path is tried
     * as a run, so that the EMSGSIZE of a run can be distinguished from one that was pending.
     *
     * @param peer whether there is one
     */
    public void peerChanged(boolean peer) {
        hasPeer = peer;
        maxSegment = !segmenting ? 0 : peer ? calls.pathPayload() : Integer.MAX_VALUE;
    }

    /**
     * The options that are this class's: {@link TransportOption#SEGMENTATION_OFFLOAD} and
     * {@link TransportOption#MAX_SEGMENTS}, where the kernel knows UDP_SEGMENT.
     *
     * @return an immutable set
     */
    public Set<TransportOption> supportedOptions() {
        return canSegment ? OPTIONS : Set.of();
    }

    /**
     * Reads one of {@link #supportedOptions}. Under both locks.
     *
     * @param option which
     * @return its value
     */
    public long get(TransportOption option) {
        return option == TransportOption.MAX_SEGMENTS ? Math.min(maxSegments, ceiling.segments()) : segmenting ? 1 : 0;
    }

    /**
     * Sets one of {@link #supportedOptions}. Under both locks.
     *
     * @param option which
     * @param value its value
     */
    public void set(TransportOption option, long value) {
        if (option == TransportOption.MAX_SEGMENTS) {
            maxSegments = (int) value;
        } else {
            segmenting = value != 0;
            peerChanged(hasPeer);
        }
    }

    /**
     * An error was reported, by whatever call. If a router finds datagrams too large, this has now been reported: a run of
     * that size must not report it once more.
     *
     * @param error what was reported
     */
    public void errorMet(SocketErrorException error) {
        if (error.errno().orElse(0) == Errno.EMSGSIZE.number()) {
            narrower = hasPeer;
        }
    }

    /**
     * One call, as {@link DatagramTransport#send} has it.
     *
     * @param batch holds the datagrams
     * @param from the first
     * @param to one behind the last
     * @return how many were handed over; 0 if the buffer is full
     * @throws SocketErrorException if the first failed; nothing was handed over then
     */
    public int send(DatagramBatch batch, int from, int to) throws SocketErrorException {
        if (narrower) {
            narrower = false;
            maxSegment = Math.min(maxSegment, calls.pathPayload());
        }
        if (to - from == 1) {
            return sendOne(batch, from);
        }
        int end = endOfRun(batch, from, to);
        if (end < to && multiple != null && !hasPeer) {
            return sendSeveral(batch, from, end, to);
        }
        return end - from > 1 ? sendRun(batch, from, end) : sendOne(batch, from);
    }

    private int endOfRun(DatagramBatch batch, int from, int to) {
        return SegmentRun.end(
                batch, from, to, hasPeer, Math.min(maxSegments, ceiling.segments()), maxSegment, maxBytes);
    }

    /** Sends the first run and what follows it. What fails behind the first is met again, by the next call. */
    private int sendSeveral(DatagramBatch batch, int from, int firstEnd, int to) throws SocketErrorException {
        setSegmentSize(0); // each send brings its own
        int prepared = 0;
        for (int next = from, end = firstEnd; ; end = endOfRun(batch, next, to)) {
            int last = end - 1;
            int segment = last > next ? batch.length(next) : 0;
            int behind = batch.offset(last) + batch.length(last);
            multiple.prepare(
                    batch.memory(), batch.offset(next), behind, segment, batch.remoteAddress(next), batch.path(next));
            ends[prepared++] = end;
            next = end;
            if (next == to || prepared == ends.length) {
                break;
            }
        }
        try {
            int sent = multiple.sendPrepared();
            return sent == 0 ? 0 : ends[sent - 1] - from;
        } catch (SocketErrorException e) {
            if (firstEnd - from == 1) {
                throw e;
            }
            return resendRefused(batch, from, firstEnd, e);
        }
    }

    private int sendRun(DatagramBatch batch, int from, int end) throws SocketErrorException {
        try {
            return sendSegments(batch, from, end);
        } catch (SocketErrorException e) {
            return resendRefused(batch, from, end, e);
        }
    }

    private int resendRefused(DatagramBatch batch, int from, int end, SocketErrorException refusal)
            throws SocketErrorException {
        int errno = refusal.errno().orElse(0);
        if (!mayBeRefusal(errno, batch.length(from))) {
            throw refusal;
        }
        return resend(batch, from, end, errno);
    }

    /** Whether it may be segmentation that is refused, be it by the kernel, a device or a firewall. */
    private boolean mayBeRefusal(int errno, int segment) {
        if (errno == Errno.EMSGSIZE.number()) {
            return !hasPeer || isTooLargeForDevice(segment);
        }
        return !hasPeer || !PENDING.contains(errno);
    }

    /**
     * Whether the kernel means the segments, and not an earlier datagram that a router found too large. They did fit the
     * path when it was last asked. If they still do, the error was pending; if it is a router that they don't fit any
     * more, it was too, for that is how the path MTU is learnt. Only the lowering of a device's own MTU is reported nowhere
     * before.
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
        if (sent > 0 && !OF_MEMORY.contains(errno)) {
            maxSegment = isOfSize(errno) ? Math.min(maxSegment, batch.length(from) - 1) : 0;
            Events.offloadSwitchedOff(socket, errno, maxSegment);
        }
        return sent;
    }

    private static boolean isOfSize(int errno) {
        return errno == Errno.EMSGSIZE.number() || errno == Errno.EINVAL.number();
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
        int behind = batch.offset(last) + batch.length(last);
        return call(batch, from, batch.offset(from), behind) ? end - from : 0;
    }

    private int sendOne(DatagramBatch batch, int index) throws SocketErrorException {
        // A stale option would cut a larger datagram, and make the kernel refuse a smaller one where the path is
        // narrow.
        setSegmentSize(0);
        int offset = batch.offset(index);
        return call(batch, index, offset, offset + batch.length(index)) ? 1 : 0;
    }

    private boolean call(DatagramBatch batch, int index, int begin, int end) throws SocketErrorException {
        InetSocketAddress remote = hasPeer ? null : batch.remoteAddress(index);
        DatagramPath path = batch.path(index);
        if (path != null) { // to a peer, too: a call with one message can't hide a pending error
            multiple.prepare(batch.memory(), begin, end, 0, remote, path);
            return multiple.sendPrepared() > 0;
        }
        return calls.send(batch.memory(), begin, end, remote);
    }

    private void setSegmentSize(int segment) throws SocketErrorException {
        if (cut != segment) {
            cut = UNKNOWN;
            calls.setSegmentSize(segment);
            cut = segment;
        }
    }
}
