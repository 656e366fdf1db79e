// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.micrometer;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.Rule;
import dev.sluice.udp.SocketStatistics;
import dev.sluice.udp.UdpSocket;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.ToLongFunction;

/**
 * The ledger of one socket as counters, which balance as it does ({@link Rule#K1 K1}): given to {@code send} = {@code sent} +
 * {@code refused} + {@code left}, and taken from the kernel = {@code received} + {@code dropped} by the peer and by the network.
 * A registry reads one meter after the other: exactly so only while nothing is sent or received between the first and the last.
 *
 * <table>
 * <caption>The meters, with the tags they have besides those given to the constructor</caption>
 * <tr><th>meter</th><th>tag</th><th>counts</th></tr>
 * <tr><td>{@code sluice.udp.sent}</td><td></td><td>datagrams handed to the kernel</td></tr>
 * <tr><td>{@code sluice.udp.sent.bytes}</td><td></td><td>their payloads' bytes</td></tr>
 * <tr><td>{@code sluice.udp.refused}</td><td>{@code code}: {@link ErrorCode#witName}</td><td>datagrams whose send
 * threw</td></tr>
 * <tr><td>{@code sluice.udp.left}</td><td></td><td>datagrams that were given to a send and are the caller's again</td></tr>
 * <tr><td>{@code sluice.udp.earlier.errors}</td><td></td><td>errors that were told of earlier datagrams</td></tr>
 * <tr><td>{@code sluice.udp.received}</td><td></td><td>datagrams delivered</td></tr>
 * <tr><td>{@code sluice.udp.received.bytes}</td><td></td><td>their payloads' bytes</td></tr>
 * <tr><td>{@code sluice.udp.receive.errors}</td><td></td><td>errors thrown by receiving</td></tr>
 * <tr><td>{@code sluice.udp.dropped}</td><td>{@code by}: {@code network}, {@code peer}; {@code kernel}, where the provider can
 * tell</td><td>datagrams that arrived and were not delivered</td></tr>
 * </table>
 *
 * <p>A meter reads {@link UdpSocket#statistics} when it is asked, and costs nothing before. It holds the socket weakly. A closed
 * socket's meters keep their values until {@link #close} removes them.
 *
 * <p><b>Threads.</b> Safe to use from any.
 */
public final class SocketMetrics implements MeterBinder, AutoCloseable {
    private static final String PREFIX = "sluice.udp.";
    private static final String DATAGRAMS = "datagrams";

    private record Registered(MeterRegistry registry, FunctionCounter meter) {}

    private final UdpSocket socket;
    private final Tags tags;
    private final Queue<Registered> registered = new ConcurrentLinkedQueue<>();

    /**
     * The meters of one socket.
     *
     * @param socket whose ledger it is
     * @param tags what tells this socket from the others of the registry, such as its purpose
     */
    public SocketMetrics(UdpSocket socket, Iterable<Tag> tags) {
        this.socket = Objects.requireNonNull(socket, "socket");
        this.tags = Tags.of(tags);
    }

    /**
     * Registers the meters.
     *
     * @param registry where
     * @throws IllegalArgumentException if the registry has meters of another socket with the same tags, which would hide these
     */
    @Override
    public void bindTo(MeterRegistry registry) {
        if (registry.find(PREFIX + "sent").tags(tags).functionCounters().stream()
                .anyMatch(meter -> Tags.of(meter.getId().getTags()).equals(tags))) {
            throw new IllegalArgumentException("the registry has meters of a socket with the tags " + tags
                    + ": give each socket a tag that tells it from the others, or close the former one's meters");
        }
        register(registry, "sent", tags, DATAGRAMS, SocketStatistics::datagramsSent);
        register(registry, "sent.bytes", tags, BaseUnits.BYTES, SocketStatistics::bytesSent);
        for (ErrorCode code : ErrorCode.values()) {
            register(registry, "refused", tags.and("code", code.witName()), DATAGRAMS, statistics -> statistics
                    .refused()
                    .getOrDefault(code, 0L));
        }
        register(registry, "left", tags, DATAGRAMS, SocketStatistics::leftToCaller);
        register(registry, "earlier.errors", tags, "errors", SocketStatistics::earlierErrors);
        register(registry, "received", tags, DATAGRAMS, SocketStatistics::datagramsReceived);
        register(registry, "received.bytes", tags, BaseUnits.BYTES, SocketStatistics::bytesReceived);
        register(registry, "receive.errors", tags, "errors", SocketStatistics::receiveErrors);
        register(registry, "dropped", tags.and("by", "network"), DATAGRAMS, SocketStatistics::droppedByNetwork);
        register(registry, "dropped", tags.and("by", "peer"), DATAGRAMS, SocketStatistics::droppedByPeerFilter);
        if (socket.statistics().droppedByKernel().isPresent()) {
            register(registry, "dropped", tags.and("by", "kernel"), DATAGRAMS, statistics -> statistics
                    .droppedByKernel()
                    .orElse(0));
        }
    }

    private void register(
            MeterRegistry registry, String name, Tags ofMeter, String unit, ToLongFunction<SocketStatistics> value) {
        FunctionCounter meter = FunctionCounter.builder(
                        PREFIX + name, socket, asked -> value.applyAsLong(asked.statistics()))
                .tags(ofMeter)
                .baseUnit(unit)
                .register(registry);
        registered.add(new Registered(registry, meter));
    }

    /** Removes the meters from every registry that they were bound to. The socket stays open. Idempotent. */
    @Override
    public void close() {
        for (Registered next = registered.poll(); next != null; next = registered.poll()) {
            next.registry.remove(next.meter);
        }
    }
}
