// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.sockets;

import dev.sluice.endive.abi.Call;
import dev.sluice.endive.abi.Functions;
import dev.sluice.endive.abi.InterfaceFunctions;
import dev.sluice.endive.abi.InterfaceFunctions.ResultBody;
import dev.sluice.endive.abi.ResultLayout;
import dev.sluice.endive.async.AsyncFunctions;
import dev.sluice.endive.async.Tasks;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IncomingDatagram;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.Network;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.async.AsyncUdpSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** {@code udp-socket} of {@code wasi:sockets/types} of 0.3. */
final class UdpInterface03 {
    private static final ResultLayout SMALL = ResultLayout.SMALL_OR_ERROR_03;
    private static final ResultLayout U64 = ResultLayout.U64_OR_ERROR_03;
    private static final String SOCKET = "[method]udp-socket.";

    private final OpenSockets open;
    private final Network network;
    private final Tasks tasks;
    private final int heldBytes;

    /** The payloads of sends that have not completed. */
    private final AtomicLong held = new AtomicLong();

    UdpInterface03(OpenSockets open, Network network, Tasks tasks, int heldBytes) {
        this.open = open;
        this.network = network;
        this.tasks = tasks;
        this.heldBytes = heldBytes;
    }

    void declare(Functions functions) {
        InterfaceFunctions<SocketErrorException> udp = functions.in("wasi:sockets/types", SocketErrors03.ERROR_CASE);
        udp.drop("udp-socket", AsyncUdpSocketResource.class)
                .result("[static]udp-socket.create", "i32", SMALL, this::create)
                .result(SOCKET + "bind", "handle ip-socket-address", SMALL, (call, at) -> socket(call)
                        .bind(AddressCodec.lift(call, 1)))
                .result(SOCKET + "connect", "handle ip-socket-address", SMALL, (call, at) -> socket(call)
                        .connect(AddressCodec.lift(call, 1)))
                .result(SOCKET + "disconnect", "handle", SMALL, (call, at) -> socket(call)
                        .disconnect())
                .result(
                        SOCKET + "get-local-address",
                        "handle",
                        ResultLayout.SOCKET_ADDRESS,
                        (call, at) -> AddressCodec.lower(socket(call).localAddress(), call.memory(), at))
                .result(
                        SOCKET + "get-remote-address",
                        "handle",
                        ResultLayout.SOCKET_ADDRESS,
                        (call, at) -> AddressCodec.lower(socket(call).remoteAddress(), call.memory(), at))
                .plain(
                        SOCKET + "get-address-family",
                        "handle -> i32",
                        call -> socket(call).addressFamily() == IpAddressFamily.IPV4 ? 0 : 1);
        declareOptions(udp);
        new AsyncFunctions<>(udp, tasks)
                .result(SOCKET + "send", "handle list option-ip-socket-address", SMALL, this::send)
                .result(SOCKET + "receive", "handle", ResultLayout.RECEIVED_OR_ERROR_03, UdpInterface03::receive);
    }

    private static void declareOptions(InterfaceFunctions<SocketErrorException> udp) {
        udp.result(SOCKET + "get-unicast-hop-limit", "handle", SMALL, (call, at) -> call.memory()
                        .putByte(at, socket(call).unicastHopLimit()))
                .result(SOCKET + "set-unicast-hop-limit", "handle i32", SMALL, (call, at) -> socket(call)
                        .setUnicastHopLimit(call.i32(1) & 0xff))
                .result(SOCKET + "get-receive-buffer-size", "handle", U64, (call, at) -> call.memory()
                        .putLong(at, socket(call).receiveBufferSize()))
                .result(SOCKET + "set-receive-buffer-size", "handle i64", SMALL, (call, at) -> socket(call)
                        .setReceiveBufferSize(call.i64(1)))
                .result(SOCKET + "get-send-buffer-size", "handle", U64, (call, at) -> call.memory()
                        .putLong(at, socket(call).sendBufferSize()))
                .result(SOCKET + "set-send-buffer-size", "handle i64", SMALL, (call, at) -> socket(call)
                        .setSendBufferSize(call.i64(1)));
    }

    private static AsyncUdpSocket socket(Call call) {
        return call.self(AsyncUdpSocketResource.class).socket;
    }

    private void create(Call call, int at) throws SocketErrorException {
        IpAddressFamily family = AddressCodec.family(call, 0);
        call.memory()
                .putInt(
                        at,
                        call.add(new AsyncUdpSocketResource(open.createAsync(family, network, tasks.loop()), open)));
    }

    /** The datagram leaves when the guest waits or asks what has happened, together with the others of the same time. */
    private CompletableFuture<ResultBody<SocketErrorException>> send(Call call) throws SocketErrorException {
        AsyncUdpSocket socket = socket(call);
        InetSocketAddress remote = AddressCodec.liftOption(call, 3);
        int pointer = call.i32(1);
        call.memory().checkList(pointer, call.i32(2), 1, 1);
        int length = Math.min(call.i32(2), Datagrams.MOST_COPIED);
        if (held.get() + length > heldBytes) {
            throw new SocketErrorException(
                    ErrorCode.OUT_OF_MEMORY, "the guest's sends that wait hold as many bytes as its limit allows");
        }
        byte[] data = call.memory().bytes(pointer, length);
        held.addAndGet(length);
        CompletableFuture<Void> sent = socket.send(ByteBuffer.wrap(data), remote);
        sent.whenComplete((nothing, error) -> held.addAndGet(-length));
        return AsyncFunctions.result(sent, nothing -> (c, at) -> {});
    }

    private static CompletableFuture<ResultBody<SocketErrorException>> receive(Call call) {
        return AsyncFunctions.result(socket(call).receive(), datagram -> (c, at) -> lower(datagram, c, at));
    }

    /** {@code tuple<list<u8>, ip-socket-address>}. */
    private static void lower(IncomingDatagram datagram, Call call, int at) {
        byte[] data = new byte[datagram.data().remaining()];
        datagram.data().duplicate().get(data);
        int pointer = call.memory().allocate(1, data.length);
        call.memory().putBytes(pointer, data, 0, data.length);
        call.memory().putList(at, pointer, data.length);
        AddressCodec.lower(datagram.remoteAddress(), call.memory(), at + 8);
    }
}
