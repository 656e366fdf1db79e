package dev.sluice.udp.epoll;

import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.spi.Errno;
import dev.sluice.udp.spi.Operation;
import dev.sluice.udp.spi.SocketErrors;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A kernel that does as it is told, and writes down what is asked of it. */
final class ScriptedSendCalls implements SendCalls {
    /** "cut N" and "send BYTES", in order. */
    final List<String> calls = new ArrayList<>();

    /** What the next sends answer: an Errno, FULL or SENT. When it is empty, success. */
    final Deque<Object> answers = new ArrayDeque<>();

    boolean writable = true;
    int pathPayload = 1472;
    int devicePayload = 1472;

    static final Object FULL = "full";
    static final Object SENT = "sent";

    @Override
    public int send(ByteBuffer memory, int from, int to, InetSocketAddress remote) throws SocketErrorException {
        calls.add("send " + (to - from));
        Object answer = answers.isEmpty() ? SENT : answers.poll();
        if (answer instanceof Errno errno) {
            throw SocketErrors.of(Operation.SEND, errno, null);
        }
        return answer == FULL ? 0 : to - from;
    }

    @Override
    public void setSegmentSize(int segment) {
        calls.add("cut " + segment);
    }

    @Override
    public boolean isWritable() {
        return writable;
    }

    @Override
    public int pathPayload() {
        return pathPayload;
    }

    @Override
    public int devicePayload() {
        return devicePayload;
    }
}
