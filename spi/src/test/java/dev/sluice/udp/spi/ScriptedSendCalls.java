// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import dev.sluice.udp.DatagramPath;
import dev.sluice.udp.SocketErrorException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Follows a script in place of the kernel, and records the calls. */
final class ScriptedSendCalls implements SendCalls, MultiSendCalls {
    static final int CAPACITY = 4;

    /** "cut N", "send BYTES" and, for several, "send BYTES by SEGMENT, …", in order. */
    final List<String> calls = new ArrayList<>();

    /** What the next calls answer: an Errno, FULL, SENT, or of several how many. When it is empty, success. */
    final Deque<Object> answers = new ArrayDeque<>();

    int pathPayload = 1472;
    int devicePayload = 1472;

    static final Object FULL = "full";
    static final Object SENT = "sent";

    @Override
    public boolean send(ByteBuffer memory, int from, int to, InetSocketAddress remote) throws SocketErrorException {
        calls.add("send " + (to - from));
        Object answer = answers.isEmpty() ? SENT : answers.poll();
        if (answer instanceof Errno errno) {
            throw SocketErrors.of(Operation.SEND, errno, null);
        }
        return answer != FULL;
    }

    private final List<String> prepared = new ArrayList<>();

    @Override
    public int capacity() {
        return CAPACITY;
    }

    @Override
    public void prepare(ByteBuffer memory, int from, int to, int segment, InetSocketAddress remote, DatagramPath path) {
        prepared.add((to - from) + (segment == 0 ? "" : " by " + segment) + (path == null ? "" : " with " + path));
    }

    @Override
    public int sendPrepared() throws SocketErrorException {
        int count = prepared.size();
        calls.add("send " + String.join(", ", prepared));
        prepared.clear();
        Object answer = answers.isEmpty() ? SENT : answers.poll();
        if (answer instanceof Errno errno) {
            throw SocketErrors.of(Operation.SEND, errno, null);
        }
        return answer == FULL ? 0 : answer == SENT ? count : (Integer) answer;
    }

    @Override
    public void setSegmentSize(int segment) {
        calls.add("cut " + segment);
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
