// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.Poller;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.UdpSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Counts what clients send, echoes what they want echoed, and answers their queries. */
final class MeasureServer {
    private static final int MOST_AT_ONCE = 64;
    private static final int MOST_SESSIONS = 256;
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private record Client(InetSocketAddress address, long session) {}

    private final List<UdpSocket> sockets;
    private final Map<Client, MeasureSession> sessions = new HashMap<>();
    private final DatagramBatch batch =
            new DatagramBatch(MOST_AT_ONCE, (MOST_AT_ONCE + 1) * IpAddressFamily.IPV6.maxDatagramSize());
    private final DatagramBatch answers = new DatagramBatch(MOST_AT_ONCE, MOST_AT_ONCE * MeasureReport.LENGTH);
    private final ByteBuffer answer = ByteBuffer.allocate(MeasureReport.LENGTH);
    private long datagrams;
    private long clients;
    private long foreign;

    MeasureServer(List<UdpSocket> sockets) {
        this.sockets = sockets;
    }

    /** Serves until the time is over or the sockets are closed. */
    void run(long nanos) throws SocketErrorException, InterruptedException {
        long start = System.nanoTime();
        try (Poller<Place> poller = new Poller<>()) {
            for (UdpSocket socket : sockets) {
                DatagramStreams streams = socket.stream();
                poller.add(streams.incoming().subscribe(), new Place(socket, streams));
            }
            for (long left = nanos; left > 0; left = nanos - (System.nanoTime() - start)) {
                for (Poller.Entry<Place> ready : poller.await(Duration.ofNanos(left))) {
                    serve(ready.attachment());
                }
            }
        } catch (SocketErrorException e) {
            if (e.errorCode() != ErrorCode.INVALID_STATE) {
                throw e;
            } // a signal closed the sockets
        }
    }

    private record Place(UdpSocket socket, DatagramStreams streams) {
        OptionalLong droppedByKernel() {
            return socket.statistics().droppedByKernel();
        }
    }

    private void serve(Place on) throws SocketErrorException {
        batch.clear();
        answers.clear();
        on.streams.incoming().receive(batch, MOST_AT_ONCE);
        long now = System.nanoTime();
        for (int i = 0; i < batch.size(); i++) {
            MeasureMessage.Kind kind = MeasureMessage.kind(batch, i);
            MeasureSession session = kind == null ? null : session(kind, i, on, now);
            if (session == null) {
                foreign++;
            } else {
                handle(session, kind, i, now, on);
            }
        }
        send(on.streams.outgoing());
    }

    private void handle(MeasureSession session, MeasureMessage.Kind kind, int index, long now, Place on) {
        session.heard(now);
        switch (kind) {
            case DATA, DATA_TO_ECHO -> {
                datagrams++;
                session.arrived(
                        MeasureMessage.number(batch, index),
                        MeasureMessage.nanos(batch, index),
                        now,
                        batch.length(index));
                if (kind == MeasureMessage.Kind.DATA_TO_ECHO) {
                    answer(MeasureMessage.Kind.ECHO, index);
                    answer.limit(MeasureMessage.HEADER).position(0);
                    answers.add(batch.remoteAddress(index), answer);
                }
            }
            case QUERY -> {
                if (batch.length(index) >= MeasureReport.LENGTH) {
                    answer(MeasureMessage.Kind.REPORT, index);
                    session.report(on.droppedByKernel()).write(answer);
                    answers.add(batch.remoteAddress(index), answer);
                }
            }
            default -> foreign++; // what only a server sends
        }
    }

    private void answer(MeasureMessage.Kind kind, int index) {
        answer.clear();
        MeasureMessage.write(
                answer,
                kind,
                MeasureMessage.session(batch, index),
                MeasureMessage.number(batch, index),
                MeasureMessage.nanos(batch, index));
    }

    /** The client's session, which a query begins, since it is as long as its answer; null if there is none. */
    private MeasureSession session(MeasureMessage.Kind kind, int index, Place on, long now) {
        Client client = new Client(batch.remoteAddress(index), MeasureMessage.session(batch, index));
        MeasureSession session = sessions.get(client);
        boolean begins = kind == MeasureMessage.Kind.QUERY && batch.length(index) >= MeasureReport.LENGTH;
        if (session != null || !begins) {
            return session;
        }
        if (sessions.size() == MOST_SESSIONS) {
            sessions.values().removeIf(old -> now - old.lastHeard() > IDLE_NANOS);
        }
        if (sessions.size() == MOST_SESSIONS) {
            return null;
        }
        MeasureSession begun = new MeasureSession(on.droppedByKernel());
        sessions.put(client, begun);
        clients++;
        return begun;
    }

    /** Answers are dropped where they can't leave at once, as on any path. */
    private void send(OutgoingDatagramStream out) throws SocketErrorException {
        for (int next = 0; next < answers.size(); ) {
            int permitted = out.checkSend();
            if (permitted == 0) {
                return;
            }
            try {
                next += out.send(answers, next, Math.min(answers.size(), next + permitted));
            } catch (SocketErrorException e) {
                if (e.errorCode() == ErrorCode.INVALID_STATE) {
                    throw e;
                }
                next++;
            }
        }
    }

    String summary() {
        return "measured " + datagrams + " datagrams of " + clients
                + (clients == 1 ? " client" : " clients") + (foreign == 0 ? "" : "; " + foreign + " were none of ours")
                + Totals.dropped(sockets);
    }
}
