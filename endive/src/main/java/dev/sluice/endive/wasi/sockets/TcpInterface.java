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

/** {@code wasi:sockets/tcp}. */
final class TcpInterface {
    private static final ResultLayout NOTHING = ResultLayout.NOTHING;
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
        new TcpOptionFunctions(tcp, "", NOTHING, ResultLayout.U8, ResultLayout.HANDLE, ResultLayout.U64).declare();
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
