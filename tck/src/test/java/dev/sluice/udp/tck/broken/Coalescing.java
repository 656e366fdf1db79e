// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.tck.broken;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.spi.DatagramTransport;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A transport that takes whole runs at once, as a socket with UDP_GRO does, and keeps what the caller did not ask for. It
 * is sound; a fault overrides one method.
 */
class Coalescing extends Faulty {
    private static final int MAX_SEGMENTS = 64;

    private final Executor waiting;
    private IpAddressFamily family;
    private DatagramBatch taken;
    private Runnable armed = () -> {};

    /** What was taken and not handed out yet. */
    final Deque<Run> left = new ArrayDeque<>();

    Coalescing(DatagramTransport sound, Executor waiting) {
        super(sound);
        this.waiting = waiting;
    }

    /** Datagrams of one source and size, of which the last may be shorter, one behind the other in memory. */
    static final class Run {
        final InetSocketAddress source;
        final byte[] bytes;
        final int size;
        int next;

        Run(InetSocketAddress source, byte[] bytes, int size) {
            this.source = source;
            this.bytes = bytes;
            this.size = size;
        }

        int segments() {
            return size == 0 ? 1 : (bytes.length + size - 1) / size;
        }
    }

    int segments(Run run) {
        return run.segments();
    }

    byte[] segment(Run run) {
        int start = run.next * run.size;
        return Arrays.copyOfRange(run.bytes, start, Math.min(start + run.size, run.bytes.length));
    }

    InetSocketAddress source(Run run) {
        return run.source;
    }

    boolean isLeftReady() {
        return !left.isEmpty();
    }

    boolean isLeftArmed() {
        return !left.isEmpty();
    }

    @Override
    public InetSocketAddress bind(InetSocketAddress local) throws IOException {
        family = local.getAddress() instanceof Inet4Address ? IpAddressFamily.IPV4 : IpAddressFamily.IPV6;
        return super.bind(local);
    }

    @Override
    public int receive(DatagramBatch into, int max) throws IOException {
        int received = 0;
        while (received < max && hasRoom(into) && (!left.isEmpty() || takeRuns())) {
            Run run = left.peek();
            byte[] segment = segment(run);
            into.add(source(run), segment, 0, segment.length);
            received++;
            if (++run.next == segments(run)) {
                left.remove();
            }
        }
        if (!left.isEmpty()) {
            wakeForLeft();
        }
        return received;
    }

    /** The system has nothing more, so it wakes none of those that waited before the run was taken. */
    void wakeForLeft() {
        waiting.execute(armed);
        sound.wakeup(READABLE);
    }

    final boolean hasRoom(DatagramBatch batch) {
        return batch.size() < batch.maxDatagrams() && batch.remainingBytes() >= family.maxDatagramSize();
    }

    final boolean takeRuns() throws IOException {
        if (taken == null) {
            taken = new DatagramBatch(MAX_SEGMENTS, 4 * family.maxDatagramSize());
        }
        taken.clear();
        super.receive(taken, MAX_SEGMENTS);
        for (int first = 0, end; first < taken.size(); first = end) {
            end = runEnd(first);
            int start = taken.offset(first);
            byte[] bytes = new byte[taken.offset(end - 1) + taken.length(end - 1) - start];
            taken.memory().get(start, bytes);
            left.add(new Run(taken.remoteAddress(first), bytes, taken.length(first)));
        }
        return !left.isEmpty();
    }

    private int runEnd(int first) {
        int size = taken.length(first);
        int next = first + 1;
        while (next < taken.size()
                && taken.length(next - 1) == size
                && taken.length(next) > 0
                && taken.length(next) <= size
                && taken.remoteAddress(next).equals(taken.remoteAddress(first))) {
            next++;
        }
        return next;
    }

    @Override
    public int readiness(int interest) throws IOException {
        return super.readiness(interest) | (isLeftReady() ? interest & READABLE : 0);
    }

    @Override
    public void arm(int interest, Runnable ready) throws IOException {
        if (interest == READABLE) {
            armed = once(ready);
            super.arm(interest, armed);
            if (isLeftArmed()) {
                waiting.execute(armed);
            }
        } else {
            super.arm(interest, ready);
        }
    }

    private static Runnable once(Runnable action) {
        AtomicReference<Runnable> rest = new AtomicReference<>(action);
        return () -> {
            Runnable taken = rest.getAndSet(null);
            if (taken != null) {
                taken.run();
            }
        };
    }

    @Override
    public boolean await(int interest, long nanos) {
        return interest == READABLE && isLeftArmed() || sound.await(interest, nanos);
    }

    @Override
    public void wakeup(int interest) {
        sound.wakeup(interest);
    }
}
