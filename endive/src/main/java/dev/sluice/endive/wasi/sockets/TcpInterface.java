// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.sockets;

import dev.sluice.endive.abi.Call;
import dev.sluice.endive.abi.Functions;
import dev.sluice.endive.abi.InterfaceFunctions;
import dev.sluice.endive.abi.ResultLayout;
import dev.sluice.endive.abi.Trap;
import dev.sluice.endive.wasi.io.InputStreamResource;
import dev.sluice.endive.wasi.io.OutputStreamResource;
import dev.sluice.endive.wasi.io.PollableResource;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.SocketErrorException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;

/** {@code wasi:sockets/tcp}. */
final class TcpInterface {
    private static final ResultLayout NOTHING = ResultLayout.NOTHING;
    private static final ResultLayout U64 = ResultLayout.U64;
    private static final String SOCKET = "[method]tcp-socket.";

    private TcpInterface() {}

    static void declare(Functions functions) {
        InterfaceFunctions<SocketErrorException> tcp = functions.in("wasi:sockets/tcp", SocketErrors.ERROR_CASE);
        tcp.drop("tcp-socket", TcpSocketResource.class)
                .result(SOCKET + "start-bind", "handle handle ip-socket-address", NOTHING, (call, at) -> socket(call)
                        .startBind(network(call), AddressCodec.lift(call, 2)))
                .result(SOCKET + "finish-bind", "handle", NOTHING, (call, at) -> socket(call)
                        .finishBind())
                .result(SOCKET + "start-connect", "handle handle ip-socket-address", NOTHING, (call, at) -> socket(call)
                        .startConnect(network(call), AddressCodec.lift(call, 2)))
                .result(SOCKET + "finish-connect", "handle", ResultLayout.TWO_HANDLES, (call, at) -> {
                    socket(call).finishConnect();
                    putStreams(call, at, call.i32(0));
                })
                .result(SOCKET + "start-listen", "handle", NOTHING, (call, at) -> socket(call)
                        .startListen())
                .result(SOCKET + "finish-listen", "handle", NOTHING, (call, at) -> socket(call)
                        .finishListen())
                .result(SOCKET + "accept", "handle", ResultLayout.THREE_HANDLES, (call, at) -> {
                    int accepted = call.add(socket(call).accept());
                    call.memory().putInt(at, accepted);
                    putStreams(call, at + 4, accepted);
                })
                .result(
                        SOCKET + "local-address",
                        "handle",
                        ResultLayout.SOCKET_ADDRESS,
                        (call, at) -> AddressCodec.lower(socket(call).localAddress(), call.memory(), at))
                .result(
                        SOCKET + "remote-address",
                        "handle",
                        ResultLayout.SOCKET_ADDRESS,
                        (call, at) -> AddressCodec.lower(socket(call).remoteAddress(), call.memory(), at))
                .plain(
                        SOCKET + "is-listening",
                        "handle -> i32",
                        call -> socket(call).state() == TcpSocketResource.State.LISTENING ? 1 : 0)
                .plain(
                        SOCKET + "address-family",
                        "handle -> i32",
                        call -> socket(call).family == IpAddressFamily.IPV4 ? 0 : 1)
                .plain(
                        SOCKET + "subscribe",
                        "handle -> handle",
                        call -> call.addChild(new PollableResource(socket(call))))
                .result(SOCKET + "shutdown", "handle i32", NOTHING, TcpInterface::shutdown);
        declareOptions(tcp);
    }

    private static void declareOptions(InterfaceFunctions<SocketErrorException> tcp) {
        tcp.result(SOCKET + "set-listen-backlog-size", "handle i64", NOTHING, (call, at) -> socket(call)
                        .setBacklog(call.i64(1)))
                .result(SOCKET + "keep-alive-enabled", "handle", ResultLayout.U8, (call, at) -> call.memory()
                        .putByte(at, TcpOptions.get(socket(call), StandardSocketOptions.SO_KEEPALIVE) ? 1 : 0))
                .result(
                        SOCKET + "set-keep-alive-enabled",
                        "handle i32",
                        NOTHING,
                        (call, at) ->
                                TcpOptions.set(socket(call), StandardSocketOptions.SO_KEEPALIVE, call.i32(1) != 0))
                .result(SOCKET + "keep-alive-count", "handle", ResultLayout.HANDLE, (call, at) -> call.memory()
                        .putInt(at, TcpOptions.get(socket(call), TcpOptions.COUNT)))
                .result(
                        SOCKET + "set-keep-alive-count",
                        "handle i32",
                        NOTHING,
                        (call, at) -> TcpOptions.setCount(socket(call), call.i32(1)))
                .result(
                        SOCKET + "hop-limit",
                        "handle",
                        ResultLayout.U8,
                        (call, at) -> TcpOptions.hopLimit(socket(call)))
                .result(
                        SOCKET + "set-hop-limit",
                        "handle i32",
                        NOTHING,
                        (call, at) -> TcpOptions.setHopLimit(socket(call), call.i32(1)));
        declareDuration(tcp, "keep-alive-idle-time", TcpOptions.IDLE);
        declareDuration(tcp, "keep-alive-interval", TcpOptions.INTERVAL);
        declareSize(tcp, "receive-buffer-size", StandardSocketOptions.SO_RCVBUF);
        declareSize(tcp, "send-buffer-size", StandardSocketOptions.SO_SNDBUF);
    }

    private static void declareDuration(
            InterfaceFunctions<SocketErrorException> tcp, String name, SocketOption<Integer> option) {
        tcp.result(SOCKET + name, "handle", U64, (call, at) -> call.memory()
                        .putLong(at, TcpOptions.duration(socket(call), option)))
                .result(
                        SOCKET + "set-" + name,
                        "handle i64",
                        NOTHING,
                        (call, at) -> TcpOptions.setDuration(socket(call), option, call.i64(1)));
    }

    private static void declareSize(
            InterfaceFunctions<SocketErrorException> tcp, String name, SocketOption<Integer> option) {
        tcp.result(SOCKET + name, "handle", U64, (call, at) -> call.memory()
                        .putLong(at, TcpOptions.get(socket(call), option)))
                .result(
                        SOCKET + "set-" + name,
                        "handle i64",
                        NOTHING,
                        (call, at) -> TcpOptions.setSize(socket(call), option, call.i64(1)));
    }

    private static TcpSocketResource socket(Call call) {
        return call.self(TcpSocketResource.class);
    }

    private static dev.sluice.udp.Network network(Call call) {
        return call.resource(1, NetworkResource.class).network();
    }

    private static void putStreams(Call call, int at, int handle) {
        TcpSocketResource socket = call.handles().get(handle, TcpSocketResource.class);
        int input = call.handles().addChild(new InputStreamResource(socket.source), handle);
        int output = call.handles().addChild(new OutputStreamResource(socket.sink), handle);
        call.memory().putInt(at, input);
        call.memory().putInt(at + 4, output);
    }

    private static void shutdown(Call call, int at) throws SocketErrorException {
        TcpSocketResource self = socket(call);
        int how = call.i32(1);
        if (how < 0 || how > 2) {
            throw Trap.badCase(how);
        }
        self.shutdown(how != 1, how != 0);
    }
}
