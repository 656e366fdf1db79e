// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.sockets;

import dev.sluice.endive.abi.Resource;
import dev.sluice.endive.wasi.io.SinkReader;
import dev.sluice.endive.wasi.io.SourceWriter;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.Network;
import dev.sluice.udp.Pollable;
import dev.sluice.udp.SocketErrorException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** {@code tcp-socket}. Used on the guest's thread, but for {@link #ready} and {@link #onReady}. */
final class TcpSocketResource implements Resource, Pollable {
    enum State {
        UNBOUND,
        BINDING,
        BOUND,
        CONNECTING,
        CONNECTED,
        LISTEN_STARTED,
        LISTENING,
        CLOSED
    }

    final IpAddressFamily family;
    private final OpenChannels open;
    private Network network;
    private int backlog = 128;
    private final Map<SocketOption<?>, Object> requestedOptions = new HashMap<>();
    private volatile State state = State.UNBOUND;
    private volatile SelectableChannel channel;
    private volatile TcpListener listener;
    private IOException failure;

    /** The guest's handle and the streams of 0.3; any thread. */
    private final AtomicInteger users = new AtomicInteger(1);

    private boolean sends;
    private boolean receives;
    TcpSource source;
    TcpSink sink;

    TcpSocketResource(IpAddressFamily family, OpenChannels open) throws SocketErrorException {
        this(family, open, openChannel(family));
    }

    private TcpSocketResource(IpAddressFamily family, OpenChannels open, SocketChannel channel)
            throws SocketErrorException {
        this.family = family;
        this.open = open;
        this.channel = channel;
        open.add(channel);
    }

    private static SocketChannel openChannel(IpAddressFamily family) throws SocketErrorException {
        try {
            SocketChannel opened = SocketChannel.open(TcpAddresses.protocol(family));
            opened.configureBlocking(false);
            opened.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            return opened;
        } catch (IOException e) {
            throw TcpErrors.of(e);
        } catch (UnsupportedOperationException e) {
            throw new SocketErrorException(ErrorCode.NOT_SUPPORTED, "this machine has no such addresses");
        }
    }

    State state() {
        return state;
    }

    <T> T option(SocketOption<T> option) throws IOException {
        return listener != null ? listener.options.get(option) : ((SocketChannel) channel).getOption(option);
    }

    <T> void setOption(SocketOption<T> option, T value) throws IOException {
        if (listener != null) {
            listener.options.set(option, value);
        } else {
            ((SocketChannel) channel).setOption(option, value);
            requestedOptions.put(option, value);
        }
    }

    private void require(State wanted, ErrorCode otherwise) throws SocketErrorException {
        if (state != wanted) {
            throw new SocketErrorException(otherwise, "the socket is " + state);
        }
    }

    private void ensureNotInProgress() throws SocketErrorException {
        if (state == State.BINDING || state == State.CONNECTING || state == State.LISTEN_STARTED) {
            throw new SocketErrorException(ErrorCode.CONCURRENCY_CONFLICT, "another operation is not finished");
        }
    }

    private static void allow(boolean allowed) throws SocketErrorException {
        if (!allowed) {
            throw new SocketErrorException(ErrorCode.ACCESS_DENIED, "the network does not allow it");
        }
    }

    void startBind(Network allowed, InetSocketAddress local) throws SocketErrorException {
        ensureNotInProgress();
        require(State.UNBOUND, ErrorCode.INVALID_STATE);
        TcpAddresses.checkLocal(family, local);
        allow(allowed.mayListenOn(local));
        try {
            ((SocketChannel) channel).bind(local);
        } catch (IOException e) {
            throw TcpErrors.of(e);
        }
        network = allowed;
        state = State.BINDING;
    }

    void finishBind() throws SocketErrorException {
        require(State.BINDING, ErrorCode.NOT_IN_PROGRESS);
        state = State.BOUND;
    }

    void startConnect(Network allowed, InetSocketAddress remote) throws SocketErrorException {
        ensureNotInProgress();
        if (state != State.UNBOUND) {
            require(State.BOUND, ErrorCode.INVALID_STATE);
        }
        TcpAddresses.checkRemote(family, remote);
        allow(allowed.mayConnectTo(remote));
        state = State.CONNECTING;
        try {
            ((SocketChannel) channel).connect(remote);
        } catch (IOException e) {
            failure = e; // for finish-connect, as when it fails later
        }
    }

    void finishConnect() throws SocketErrorException {
        require(State.CONNECTING, ErrorCode.NOT_IN_PROGRESS);
        if (!connected()) {
            throw new SocketErrorException(ErrorCode.WOULD_BLOCK, "the connection is not made yet");
        }
        if (failure != null) {
            state = State.CLOSED;
            throw TcpErrors.of(failure);
        }
        becomeConnected();
    }

    private synchronized boolean connected() {
        try {
            return failure != null || ((SocketChannel) channel).finishConnect();
        } catch (IOException e) {
            failure = e;
            return true;
        }
    }

    private void becomeConnected() {
        SocketChannel connection = (SocketChannel) channel;
        source = new TcpSource(connection, open.selector, open.bufferBytes);
        sink = new TcpSink(connection, open.selector, open.bufferBytes);
        state = State.CONNECTED;
    }

    void startListen() throws SocketErrorException {
        ensureNotInProgress();
        require(State.BOUND, ErrorCode.INVALID_STATE);
        listener = TcpListener.beside((SocketChannel) channel, requestedOptions, family, backlog, network, open);
        channel = listener.channel;
        state = State.LISTEN_STARTED;
    }

    void finishListen() throws SocketErrorException {
        require(State.LISTEN_STARTED, ErrorCode.NOT_IN_PROGRESS);
        state = State.LISTENING;
    }

    TcpSocketResource accept() throws SocketErrorException {
        require(State.LISTENING, ErrorCode.INVALID_STATE);
        if (open.isFull()) {
            throw new SocketErrorException(ErrorCode.NEW_SOCKET_LIMIT, "the guest has as many sockets as it may");
        }
        SocketChannel accepted = listener.accept();
        if (accepted == null) {
            throw new SocketErrorException(ErrorCode.WOULD_BLOCK, "no connection waits");
        }
        TcpSocketResource connection = new TcpSocketResource(family, open, accepted);
        connection.becomeConnected();
        return connection;
    }

    /** Closes the connection that waits; false if none does. */
    boolean refuse() {
        return listener.refuse();
    }

    void setBacklog(long size) throws SocketErrorException {
        if (size == 0) {
            throw new SocketErrorException(ErrorCode.INVALID_ARGUMENT, "a backlog of 0");
        }
        if (state == State.LISTEN_STARTED || state == State.LISTENING) {
            throw new SocketErrorException(ErrorCode.NOT_SUPPORTED, "the socket listens already");
        }
        if (state == State.CONNECTING || state == State.CONNECTED || state == State.CLOSED) {
            throw TcpErrors.invalidState("the socket is " + state);
        }
        backlog = size < 0 || size > 4096 ? 4096 : (int) size;
    }

    InetSocketAddress localAddress() throws SocketErrorException {
        if (state == State.UNBOUND || state == State.BINDING || state == State.CLOSED) {
            throw TcpErrors.invalidState("the socket is " + state);
        }
        try {
            return (InetSocketAddress) ((NetworkChannel) channel).getLocalAddress();
        } catch (IOException e) {
            throw TcpErrors.of(e);
        }
    }

    InetSocketAddress remoteAddress() throws SocketErrorException {
        require(State.CONNECTED, ErrorCode.INVALID_STATE);
        try {
            return (InetSocketAddress) ((SocketChannel) channel).getRemoteAddress();
        } catch (IOException e) {
            throw TcpErrors.of(e);
        }
    }

    void shutdown(boolean receive, boolean send) throws SocketErrorException {
        require(State.CONNECTED, ErrorCode.INVALID_STATE);
        if (receive) {
            source.end();
        }
        if (send) {
            sink.end();
        }
    }

    @Override
    public boolean ready() {
        return switch (state) {
            case CONNECTING -> connected();
            case LISTENING -> listener.hasAccepted();
            default -> true;
        };
    }

    @Override
    public Registration onReady(Runnable action) {
        if (ready()) {
            action.run();
            return () -> {};
        }
        int operation = state == State.LISTENING ? SelectionKey.OP_ACCEPT : SelectionKey.OP_CONNECT;
        return open.selector.watch(channel, operation, action);
    }

    /** Sends what the guest writes to a stream of 0.3; once. */
    SinkReader newSender() {
        if (state != State.CONNECTED || sends) {
            return SinkReader.refused(new SocketErrors03.RefusedStream(
                    TcpErrors.invalidState(sends ? "send was called before" : "the socket is " + state)));
        }
        sends = true;
        retain();
        SinkReader sender = new SinkReader(sink);
        sender.outcome().whenComplete((nothing, error) -> release());
        return sender;
    }

    /** What has been received, as a stream of 0.3; once. */
    SourceWriter newReceiver() {
        if (state != State.CONNECTED || receives) {
            return SourceWriter.refused(new SocketErrors03.RefusedStream(
                    TcpErrors.invalidState(receives ? "receive was called before" : "the socket is " + state)));
        }
        receives = true;
        retain();
        SourceWriter receiver = new SourceWriter(source);
        receiver.outcome().whenComplete((nothing, error) -> release());
        return receiver;
    }

    /** Streams of 0.3 go on when the guest drops the socket. */
    void retain() {
        users.incrementAndGet();
    }

    void release() {
        if (users.decrementAndGet() == 0) {
            end();
        }
    }

    @Override
    public void close() {
        release();
    }

    private void end() {
        if (listener != null) {
            listener.drop();
        }
        SelectableChannel last = channel;
        if (sink != null) {
            sink.end();
            sink.whenEnded(() -> open.remove(last));
        } else {
            open.remove(last);
        }
    }
}
