package com.example.syslog;

import dev.sluice.udp.OutgoingDatagram;
import dev.sluice.udp.OutgoingDatagramStream;
import dev.sluice.udp.SocketErrorException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Sends lines as messages, in order. While the gate is closed it waits; it leaves out only what can't be sent at all. */
final class Forwarder {
    private static final int TOGETHER = 128;
    private static final Duration PATIENCE = Duration.ofMinutes(1); // then it tries again

    private final OutgoingDatagramStream out;
    private final MessageFormat format;
    private long leftOut;
    private long reported;

    Forwarder(OutgoingDatagramStream out, MessageFormat format) {
        this.out = out;
        this.format = format;
    }

    /** How many lines were not sent; each was told on standard error. */
    long leftOut() {
        return leftOut;
    }

    /** How often the network reported that a message, which had been sent, did not arrive. */
    long reported() {
        return reported;
    }

    void forward(LineReader reader) throws IOException, InterruptedException {
        for (List<Line> lines = reader.take(TOGETHER); !lines.isEmpty(); lines = reader.take(TOGETHER)) {
            List<Line> good = new ArrayList<>();
            for (Line line : lines) {
                line.problem().ifPresentOrElse(problem -> leaveOut(line, problem), () -> good.add(line));
            }
            send(good);
        }
    }

    private void send(List<Line> lines) throws InterruptedException {
        List<OutgoingDatagram> messages = lines.stream()
                .map(line -> new OutgoingDatagram(format.message(line)))
                .toList();
        for (int next = 0; next < messages.size(); ) {
            try {
                next += out.sendAll(messages.subList(next, messages.size()), PATIENCE);
            } catch (SocketErrorException e) {
                if (e.concernsEarlierDatagram()) {
                    reported++; // nothing is wrong with this line: it is sent again
                } else {
                    leaveOut(lines.get(next), e.getMessage());
                    next++;
                }
            }
        }
    }

    private void leaveOut(Line line, String problem) {
        leftOut++;
        System.err.println("syslog: line " + line.number() + " was left out: " + problem);
    }
}
