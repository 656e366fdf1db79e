// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.sockets;

import dev.sluice.endive.abi.Call;
import dev.sluice.endive.abi.Functions;
import dev.sluice.endive.abi.InterfaceFunctions;
import dev.sluice.endive.abi.InterfaceFunctions.ResultBody;
import dev.sluice.endive.abi.ResultLayout;
import dev.sluice.endive.async.AsyncFunctions;
import dev.sluice.endive.async.Channel;
import dev.sluice.endive.async.Element;
import dev.sluice.endive.async.StreamBuiltins;
import dev.sluice.endive.async.Tasks;
import dev.sluice.endive.wasi.io.ByteStreams;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.Network;
import dev.sluice.udp.SocketErrorException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

/** {@code tcp-socket} of {@code wasi:sockets/types} of 0.3. */
final class TcpInterface03 {
    private static final ResultLayout SMALL = ResultLayout.SMALL_OR_ERROR_03;
    private static final String INTERFACE = "wasi:sockets/types";
    private static final String SOCKET = "[method]tcp-socket.";
    private static final Element ACCEPTED = Element.handle("tcp-socket");

    private final OpenChannels open;
    private final Network network;
    private final Tasks tasks;
    private final ByteStreams streams;

    TcpInterface03(OpenChannels open, Network network, Tasks tasks) {
        this.open = open;
        this.network = network;
        this.tasks = tasks;
        this.streams = new ByteStreams(tasks.loop(), SocketErrors03.RESULT, SocketErrors03::lowerOutcome);
    }

    void declare(Functions functions, StreamBuiltins builtins) {
        builtins.declare(INTERFACE, SOCKET + "send", Element.U8, SocketErrors03.RESULT);
        builtins.declare(INTERFACE, SOCKET + "receive", Element.U8, SocketErrors03.RESULT);
        builtins.declare(INTERFACE, SOCKET + "listen", ACCEPTED);
        InterfaceFunctions<SocketErrorException> tcp = functions.in(INTERFACE, SocketErrors03.ERROR_CASE);
        tcp.drop("tcp-socket", TcpSocketResource.class)
                .result("[static]tcp-socket.create", "i32", SMALL, (call, at) -> call.memory()
                        .putInt(at, call.add(new TcpSocketResource(AddressCodec.family(call, 0), open))))
                .result(
                        SOCKET + "bind",
                        "handle ip-socket-address",
                        SMALL,
                        (call, at) -> bind(socket(call), AddressCodec.lift(call, 1)))
                .result(SOCKET + "listen", "handle", SMALL, this::listen)
                .plain(SOCKET + "send", "handle handle -> handle", this::send)
                .plain(SOCKET + "receive", "handle return-pointer", this::receive)
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
                        SOCKET + "get-is-listening",
                        "handle -> i32",
                        call -> socket(call).state() == TcpSocketResource.State.LISTENING ? 1 : 0)
                .plain(
                        SOCKET + "get-address-family",
                        "handle -> i32",
                        call -> socket(call).family == IpAddressFamily.IPV4 ? 0 : 1);
        new TcpOptionFunctions(tcp, "get-", SMALL, SMALL, SMALL, ResultLayout.U64_OR_ERROR_03).declare();
        new AsyncFunctions<>(tcp, tasks).result(SOCKET + "connect", "handle ip-socket-address", SMALL, this::connect);
    }

    private static TcpSocketResource socket(Call call) {
        return call.self(TcpSocketResource.class);
    }

    private void bind(TcpSocketResource socket, InetSocketAddress local) throws SocketErrorException {
        socket.startBind(network, local);
        socket.finishBind();
    }

    private void listen(Call call, int at) throws SocketErrorException {
        TcpSocketResource socket = socket(call);
        if (socket.state() == TcpSocketResource.State.UNBOUND) {
            bind(socket, AddressCodec.unspecified(socket.family));
        }
        socket.startListen();
        socket.finishListen();
        call.memory()
                .putInt(
                        at,
                        Channel.stream(ACCEPTED, tasks.loop(), new Accepting(socket))
                                .addTo(call.handles()));
    }

    private CompletableFuture<ResultBody<SocketErrorException>> connect(Call call) throws SocketErrorException {
        TcpSocketResource socket = socket(call);
        socket.startConnect(network, AddressCodec.lift(call, 1));
        CompletableFuture<Void> connected = new CompletableFuture<>();
        finishConnect(socket, connected);
        return AsyncFunctions.result(connected, nothing -> (c, at) -> {});
    }

    private void finishConnect(TcpSocketResource socket, CompletableFuture<Void> connected) {
        if (connected.isCancelled()) {
            return;
        }
        try {
            socket.finishConnect();
            connected.complete(null);
        } catch (SocketErrorException e) {
            if (e.errorCode() == ErrorCode.WOULD_BLOCK) {
                socket.onReady(() -> tasks.loop().later(() -> finishConnect(socket, connected)));
            } else {
                connected.completeExceptionally(e);
            }
        }
    }

    private long send(Call call) {
        return streams.write(call, call.i32(1), socket(call).newSender());
    }

    private long receive(Call call) {
        streams.read(call, socket(call).newReceiver());
        return 0;
    }
}
