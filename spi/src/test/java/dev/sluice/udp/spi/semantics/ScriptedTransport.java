// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi.semantics;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramPath;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.DatagramTransport;
import dev.sluice.udp.spi.Errno;
import dev.sluice.udp.spi.Operation;
import dev.sluice.udp.spi.SocketErrors;
import dev.sluice.udp.spi.TransportOption;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A transport that does what a test tells it, for what a kernel can't be made to do: a buffer that is full at any
 * position, any error anywhere, short sends, an error that asking for readiness consumes, a report that comes late.
 *
 * <p>Without a script it takes every datagram in one call, has received nothing, and is writable. A test queues what the
 * next calls do; each call uses up one entry. Callbacks are never called by themselves: {@link #fire} does it.
 */
final class ScriptedTransport implements DatagramTransport {

    /** What one call does instead of the usual. */
    @FunctionalInterface
    public interface Step {
        /**
         * Does it.
         *
         * @return what the call answers; for a send how many of the datagrams it takes
         * @throws IOException the call's error
         */
        int run() throws IOException;
    }

    /**
     * One datagram that was handed over.
     *
     * @param payload its bytes
     * @param remote where to; null for the peer
     * @param path what else; null for nothing
     */
    public record Sent(byte[] payload, InetSocketAddress remote, DatagramPath path) {}

    private record Arrival(byte[] payload, InetSocketAddress source, DatagramPath path, IOException error) {}

    private final Queue<Step> sends = new ConcurrentLinkedQueue<>();
    private final Queue<Step> binds = new ConcurrentLinkedQueue<>();
    private final Queue<Step> connects = new ConcurrentLinkedQueue<>();
    private final Queue<Step> readinesses = new ConcurrentLinkedQueue<>();
    private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<Sent> sent = new CopyOnWriteArrayList<>();
    private final Set<TransportOption> refused = EnumSet.noneOf(TransportOption.class);
    private final Map<TransportOption, Long> options = new EnumMap<>(TransportOption.class);
    private final AtomicReferenceArray<Runnable> armed = new AtomicReferenceArray<>(WRITABLE + 1);
    private volatile boolean writable = true;
    private volatile InetSocketAddress local;

    /** A transport without a script. */
    public ScriptedTransport() {}

    /**
     * Says what the next sends do, one step a call.
     *
     * @param steps the steps; each answers how many datagrams it takes (those are recorded), or throws
     * @return this
     */
    public ScriptedTransport onSend(Step... steps) {
        sends.addAll(List.of(steps));
        return this;
    }

    /**
     * Says what the next binds do.
     *
     * @param steps the steps, whose answers mean nothing
     * @return this
     */
    public ScriptedTransport onBind(Step... steps) {
        binds.addAll(List.of(steps));
        return this;
    }

    /**
     * Says what the next connects do.
     *
     * @param steps the steps, whose answers mean nothing
     * @return this
     */
    public ScriptedTransport onConnect(Step... steps) {
        connects.addAll(List.of(steps));
        return this;
    }

    /**
     * Says what the next questions for readiness answer.
     *
     * @param steps the steps; what one throws is a pending error that asking has consumed
     * @return this
     */
    public ScriptedTransport onReadiness(Step... steps) {
        readinesses.addAll(List.of(steps));
        return this;
    }

    /**
     * Lets a datagram arrive.
     *
     * @param payload its bytes
     * @param source where it comes from
     * @return this
     */
    public ScriptedTransport arrive(byte[] payload, InetSocketAddress source) {
        return arrive(payload, source, null);
    }

    /**
     * Lets a datagram arrive with a path.
     *
     * @param payload its bytes
     * @param source where it comes from
     * @param path what else is known of it
     * @return this
     */
    public ScriptedTransport arrive(byte[] payload, InetSocketAddress source, DatagramPath path) {
        arrivals.add(new Arrival(payload, source, path, null));
        return this;
    }

    /** Takes from it that it sends and receives with paths. */
    public ScriptedTransport withoutPaths() {
        withoutPaths = true;
        return this;
    }

    private volatile boolean withoutPaths;

    /**
     * Lets an error arrive, behind the datagrams that did.
     *
     * @param error what a receive that meets it throws
     * @return this
     */
    public ScriptedTransport arrive(IOException error) {
        arrivals.add(new Arrival(null, null, null, error));
        return this;
    }

    /**
     * Says whether it reports itself writable when asked. The default is that it does.
     *
     * @param answer the answer
     * @return this
     */
    public ScriptedTransport writable(boolean answer) {
        writable = answer;
        return this;
    }

    /**
     * Calls the callback of {@code arm}, if there is one, on the calling thread.
     *
     * @param interest which
     * @return whether there was one
     */
    public boolean fire(int interest) {
        Runnable callback = armed.getAndSet(interest, null);
        if (callback != null) {
            callback.run();
        }
        return callback != null;
    }

    /**
     * Says whether a callback is armed.
     *
     * @param interest for what
     * @return whether it is armed
     */
    public boolean isArmed(int interest) {
        return armed.get(interest) != null;
    }

    /**
     * What it was called for.
     *
     * @return the names of the methods, in order
     */
    public List<String> calls() {
        return calls;
    }

    /**
     * What was handed over.
     *
     * @return the datagrams, in order
     */
    public List<Sent> sent() {
        return sent;
    }

    @Override
    public InetSocketAddress bind(InetSocketAddress wanted) throws IOException {
        calls.add("bind");
        run(binds, 0);
        local = wanted.getPort() == 0 ? new InetSocketAddress(wanted.getAddress(), 40_000) : wanted;
        return local;
    }

    @Override
    public InetSocketAddress connect(InetSocketAddress remote) throws IOException {
        calls.add(remote == null ? "disconnect" : "connect");
        run(connects, 0);
        return local;
    }

    /** Lets a connect, even one that fails, leave something behind that only a fresh transport is without. */
    public ScriptedTransport rememberingPeers() {
        remembersPeers = true;
        return this;
    }

    private volatile boolean remembersPeers;
    private final Queue<Step> moves = new ConcurrentLinkedQueue<>();

    /** Says what the next moves to a fresh transport do. */
    public ScriptedTransport onMove(Step... steps) {
        moves.addAll(List.of(steps));
        return this;
    }

    @Override
    public boolean differsFromFresh() {
        return remembersPeers && calls.contains("connect");
    }

    @Override
    public void moveTo(DatagramTransport fresh, InetSocketAddress wanted) throws IOException {
        calls.add("move");
        run(moves, 0);
        fresh.bind(wanted);
    }

    @Override
    public int send(DatagramBatch batch, int from, int to) throws IOException {
        calls.add("send");
        int taken = run(sends, to - from);
        for (int i = from; i < from + taken; i++) {
            sent.add(new Sent(batch.bytes(i), batch.remoteAddress(i), batch.path(i)));
        }
        return taken;
    }

    @Override
    public int receive(DatagramBatch into, int max) throws IOException {
        calls.add("receive");
        int received = 0;
        while (received < max && !arrivals.isEmpty()) {
            Arrival next = arrivals.peek();
            if (next.error != null) {
                arrivals.remove();
                throw next.error;
            }
            if (!into.add(next.source, ByteBuffer.wrap(next.payload), next.path)) {
                return received;
            }
            arrivals.remove();
            received++;
        }
        return received;
    }

    @Override
    public int readiness(int interest) throws IOException {
        calls.add("readiness");
        int usual = (writable ? WRITABLE : 0) | (arrivals.isEmpty() ? 0 : READABLE);
        return run(readinesses, usual) & interest;
    }

    @Override
    public void arm(int interest, Runnable ready) {
        calls.add("arm");
        armed.set(interest, ready);
    }

    /** Setting an option fails from now on. */
    void refuse(TransportOption option) {
        refused.add(option);
    }

    @Override
    public Set<TransportOption> supportedOptions() {
        EnumSet<TransportOption> all = EnumSet.allOf(TransportOption.class);
        if (withoutPaths) {
            all.remove(TransportOption.RECEIVE_PATHS);
        }
        return all;
    }

    @Override
    public void join(InetAddress group, NetworkInterface networkInterface, InetAddress source) {
        calls.add("join " + group.getHostAddress() + (source == null ? "" : " " + source.getHostAddress()));
    }

    @Override
    public void leave(InetAddress group, NetworkInterface networkInterface, InetAddress source) {
        calls.add("leave " + group.getHostAddress() + (source == null ? "" : " " + source.getHostAddress()));
    }

    @Override
    public long get(TransportOption option) throws IOException {
        calls.add("get");
        Long value = options.get(option);
        if (value == null) {
            throw new SocketErrorException(ErrorCode.NOT_SUPPORTED, option + " has not been set");
        }
        return value;
    }

    @Override
    public void set(TransportOption option, long value) throws IOException {
        calls.add("set");
        if (refused.contains(option)) {
            throw SocketErrors.of(Operation.OPTION, Errno.EINVAL, null);
        }
        options.put(option, value);
    }

    @Override
    public void close() {
        calls.add("close");
    }

    private static int run(Queue<Step> script, int usual) throws IOException {
        Step step = script.poll();
        return step == null ? usual : step.run();
    }

    /** Lets calling threads wait in it, until {@link #wakeup}, an interrupt or the end of the time. */
    public ScriptedTransport awaiting() {
        canAwait = true;
        return this;
    }

    private volatile boolean canAwait;
    private final Semaphore[] wakeups = {new Semaphore(0), new Semaphore(0), new Semaphore(0)};

    @Override
    public boolean await(int interest, long nanos) {
        calls.add("await");
        if (canAwait) {
            try {
                boolean woken = wakeups[interest].tryAcquire(nanos, TimeUnit.NANOSECONDS);
                calls.add(woken ? "woken" : "timed out");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return canAwait;
    }

    @Override
    public void wakeup(int interest) {
        wakeups[interest].release();
    }
}
