// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.sockets;

import dev.sluice.endive.abi.Call;
import dev.sluice.endive.abi.Functions;
import dev.sluice.endive.abi.ResultLayout;
import dev.sluice.endive.abi.Trap;
import dev.sluice.endive.wasi.io.PollableResource;
import dev.sluice.udp.DatagramBatch;
import dev.sluice.udp.DatagramStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.SocketErrorException;
import java.net.InetSocketAddress;

/** {@code wasi:sockets/udp}. */
final class UdpInterface {
    private static final ResultLayout NOTHING = ResultLayout.NOTHING;
    private static final ResultLayout TWO_HANDLES = ResultLayout.TWO_HANDLES;
    private static final ResultLayout SOCKET_ADDRESS = ResultLayout.SOCKET_ADDRESS;
    private static final ResultLayout LIST = ResultLayout.LIST;
    private static final ResultLayout U8 = ResultLayout.U8;
    private static final ResultLayout U64 = ResultLayout.U64;
    private static final String SOCKET = "[method]udp-socket.";
    private static final String INCOMING = "[method]incoming-datagram-stream.";
    private static final String OUTGOING = "[method]outgoing-datagram-stream.";

    private final Datagrams datagrams;
    private final int datagramsPerReceive;

    UdpInterface(Datagrams datagrams, int datagramsPerReceive) {
        this.datagrams = datagrams;
        this.datagramsPerReceive = datagramsPerReceive;
    }

    void declare(Functions functions) {
        functions
                .in("wasi:sockets/udp", SocketErrors.ERROR_CASE)
                .drop("udp-socket", UdpSocketResource.class)
                .result(SOCKET + "start-bind", "handle handle ip-socket-address", NOTHING, UdpInterface::startBind)
                .result(SOCKET + "finish-bind", "handle", NOTHING, UdpInterface::finishBind)
                .result(SOCKET + "stream", "handle option-ip-socket-address", TWO_HANDLES, UdpInterface::stream)
                .result(SOCKET + "local-address", "handle", SOCKET_ADDRESS, UdpInterface::localAddress)
                .result(SOCKET + "remote-address", "handle", SOCKET_ADDRESS, UdpInterface::remoteAddress)
                .plain(SOCKET + "address-family", "handle -> i32", UdpInterface::addressFamily)
                .result(SOCKET + "unicast-hop-limit", "handle", U8, UdpInterface::hopLimit)
                .result(SOCKET + "set-unicast-hop-limit", "handle i32", NOTHING, UdpInterface::setHopLimit)
                .result(SOCKET + "receive-buffer-size", "handle", U64, UdpInterface::receiveBufferSize)
                .result(SOCKET + "set-receive-buffer-size", "handle i64", NOTHING, UdpInterface::setReceiveBufferSize)
                .result(SOCKET + "send-buffer-size", "handle", U64, UdpInterface::sendBufferSize)
                .result(SOCKET + "set-send-buffer-size", "handle i64", NOTHING, UdpInterface::setSendBufferSize)
                .plain(SOCKET + "subscribe", "handle -> handle", UdpInterface::subscribeSocket)
                .drop("incoming-datagram-stream", IncomingDatagramStreamResource.class)
                .result(INCOMING + "receive", "handle i64", LIST, this::receive)
                .plain(INCOMING + "subscribe", "handle -> handle", UdpInterface::subscribeIncoming)
                .drop("outgoing-datagram-stream", OutgoingDatagramStreamResource.class)
                .result(OUTGOING + "check-send", "handle", U64, this::checkSend)
                .result(OUTGOING + "send", "handle list", U64, this::send)
                .plain(OUTGOING + "subscribe", "handle -> handle", UdpInterface::subscribeOutgoing);
    }

    private static UdpSocketResource socket(Call call) {
        return call.self(UdpSocketResource.class);
    }

    /**
     * Binding never takes time on any provider, so {@code start-bind} binds and {@code finish-bind} can't fail. For the
     * guest the socket counts as bound after {@code finish-bind}.
     */
    private static void startBind(Call call, int payload) throws SocketErrorException {
        UdpSocketResource self = socket(call);
        NetworkResource network = call.resource(1, NetworkResource.class);
        InetSocketAddress local = AddressCodec.lift(call, 2);
        if (self.bindInProgress) {
            throw error(ErrorCode.CONCURRENCY_CONFLICT, "start-bind was called already; call finish-bind");
        }
        self.socket.bind(network.network(), local);
        self.bindInProgress = true;
    }

    private static void finishBind(Call call, int payload) throws SocketErrorException {
        UdpSocketResource self = socket(call);
        if (!self.bindInProgress) {
            throw error(ErrorCode.NOT_IN_PROGRESS, "start-bind was not called, or finish-bind was called already");
        }
        self.bindInProgress = false;
    }

    private static void ensureNotBinding(UdpSocketResource self) throws SocketErrorException {
        if (self.bindInProgress) {
            throw error(ErrorCode.INVALID_STATE, "the socket is not bound until finish-bind");
        }
    }

    private static void stream(Call call, int payload) throws SocketErrorException {
        UdpSocketResource self = socket(call);
        InetSocketAddress remote = AddressCodec.liftOption(call, 1);
        ensureNotBinding(self);
        DatagramStreams streams = self.socket.stream(remote);
        int incoming = call.addChild(new IncomingDatagramStreamResource(streams.incoming()));
        int outgoing = call.addChild(new OutgoingDatagramStreamResource(streams.outgoing()));
        call.memory().putInt(payload, incoming);
        call.memory().putInt(payload + 4, outgoing);
    }

    private static void localAddress(Call call, int payload) throws SocketErrorException {
        UdpSocketResource self = socket(call);
        ensureNotBinding(self);
        AddressCodec.lower(self.socket.localAddress(), call.memory(), payload);
    }

    private static void remoteAddress(Call call, int payload) throws SocketErrorException {
        AddressCodec.lower(socket(call).socket.remoteAddress(), call.memory(), payload);
    }

    private static long addressFamily(Call call) {
        return socket(call).socket.addressFamily() == IpAddressFamily.IPV4 ? 0 : 1;
    }

    private static void hopLimit(Call call, int payload) throws SocketErrorException {
        call.memory().putByte(payload, socket(call).socket.unicastHopLimit());
    }

    private static void setHopLimit(Call call, int payload) throws SocketErrorException {
        socket(call).socket.setUnicastHopLimit(call.i32(1) & 0xff);
    }

    private static void receiveBufferSize(Call call, int payload) throws SocketErrorException {
        call.memory().putLong(payload, socket(call).socket.receiveBufferSize());
    }

    private static void setReceiveBufferSize(Call call, int payload) throws SocketErrorException {
        socket(call).socket.setReceiveBufferSize(call.i64(1));
    }

    private static void sendBufferSize(Call call, int payload) throws SocketErrorException {
        call.memory().putLong(payload, socket(call).socket.sendBufferSize());
    }

    private static void setSendBufferSize(Call call, int payload) throws SocketErrorException {
        socket(call).socket.setSendBufferSize(call.i64(1));
    }

    private static long subscribeSocket(Call call) {
        return call.addChild(new PollableResource(socket(call).socket.subscribe()));
    }

    private void receive(Call call, int payload) throws SocketErrorException {
        IncomingDatagramStreamResource self = call.self(IncomingDatagramStreamResource.class);
        int limit = datagramsPerReceive;
        int max = Long.compareUnsigned(call.i64(1), limit) > 0 ? limit : (int) call.i64(1);
        DatagramBatch received = datagrams.forReceiving();
        self.stream().receive(received, max);
        datagrams.lower(received, call.memory(), payload);
    }

    private static long subscribeIncoming(Call call) {
        IncomingDatagramStreamResource self = call.self(IncomingDatagramStreamResource.class);
        return call.addChild(new PollableResource(self.stream().subscribe()));
    }

    private void checkSend(Call call, int payload) throws SocketErrorException {
        OutgoingDatagramStreamResource self = call.self(OutgoingDatagramStreamResource.class);
        self.permitted = 0;
        self.permitted = Math.min(self.stream.checkSend(), datagrams.mostPermitted());
        call.memory().putLong(payload, self.permitted);
    }

    private void send(Call call, int payload) throws SocketErrorException {
        OutgoingDatagramStreamResource self = call.self(OutgoingDatagramStreamResource.class);
        int pointer = call.i32(1);
        int count = call.i32(2);
        Datagrams.checkOutgoing(call.memory(), pointer, count);
        ensureLive(self);
        if (count > self.permitted) {
            throw new Trap("send of " + count + " datagrams, but check-send permitted " + self.permitted);
        }
        int sent = 0;
        if (count > 0) {
            self.permitted = 0;
            DatagramBatch batch = datagrams.lift(call.memory(), pointer, count);
            sent = self.stream.send(batch, 0, count);
        }
        call.memory().putLong(payload, sent);
    }

    /** Throws invalid-state for a superseded stream, with or without a permit; an empty send spends none (S4). */
    private void ensureLive(OutgoingDatagramStreamResource self) throws SocketErrorException {
        self.stream.send(datagrams.empty(), 0, 0);
    }

    private static long subscribeOutgoing(Call call) {
        OutgoingDatagramStreamResource self = call.self(OutgoingDatagramStreamResource.class);
        return call.addChild(new PollableResource(self.stream.subscribe()));
    }

    private static SocketErrorException error(ErrorCode code, String message) {
        return new SocketErrorException(code, message);
    }
}
