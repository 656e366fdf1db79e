// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.sockets;

import dev.sluice.endive.abi.Call;
import dev.sluice.endive.abi.InterfaceFunctions;
import dev.sluice.endive.abi.ResultLayout;
import dev.sluice.udp.SocketErrorException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;

/**
 * The functions for the options of {@code tcp-socket}. Those of 0.2 and 0.3 differ in the names of the getters, and in the
 * layouts of results, which the error codes decide.
 *
 * @param tcp where they are declared
 * @param getter what stands before a getter's name
 * @param nothing the layout of a setter's result
 * @param u8 that of a {@code bool} or {@code u8}
 * @param u32 that of a {@code u32}
 * @param u64 that of a {@code u64}
 */
record TcpOptionFunctions(
        InterfaceFunctions<SocketErrorException> tcp,
        String getter,
        ResultLayout nothing,
        ResultLayout u8,
        ResultLayout u32,
        ResultLayout u64) {
    private static final String SOCKET = "[method]tcp-socket.";

    void declare() {
        set("listen-backlog-size", "i64", (call, at) -> socket(call).setBacklog(call.i64(1)));
        get("keep-alive-enabled", u8, (call, at) -> call.memory()
                .putByte(at, TcpOptions.get(socket(call), StandardSocketOptions.SO_KEEPALIVE) ? 1 : 0));
        set(
                "keep-alive-enabled",
                "i32",
                (call, at) -> TcpOptions.set(socket(call), StandardSocketOptions.SO_KEEPALIVE, call.i32(1) != 0));
        get("keep-alive-count", u32, (call, at) -> call.memory()
                .putInt(at, TcpOptions.get(socket(call), TcpOptions.COUNT)));
        set("keep-alive-count", "i32", (call, at) -> TcpOptions.setCount(socket(call), call.i32(1)));
        get("hop-limit", u8, (call, at) -> TcpOptions.hopLimit(socket(call)));
        set("hop-limit", "i32", (call, at) -> TcpOptions.setHopLimit(socket(call), call.i32(1)));
        duration("keep-alive-idle-time", TcpOptions.IDLE);
        duration("keep-alive-interval", TcpOptions.INTERVAL);
        size("receive-buffer-size", StandardSocketOptions.SO_RCVBUF);
        size("send-buffer-size", StandardSocketOptions.SO_SNDBUF);
    }

    private void duration(String name, SocketOption<Integer> option) {
        get(name, u64, (call, at) -> call.memory().putLong(at, TcpOptions.duration(socket(call), option)));
        set(name, "i64", (call, at) -> TcpOptions.setDuration(socket(call), option, call.i64(1)));
    }

    private void size(String name, SocketOption<Integer> option) {
        get(name, u64, (call, at) -> call.memory().putLong(at, TcpOptions.get(socket(call), option)));
        set(name, "i64", (call, at) -> TcpOptions.setSize(socket(call), option, call.i64(1)));
    }

    private void get(String name, ResultLayout layout, InterfaceFunctions.ResultBody<SocketErrorException> body) {
        tcp.result(SOCKET + getter + name, "handle", layout, body);
    }

    private void set(String name, String value, InterfaceFunctions.ResultBody<SocketErrorException> body) {
        tcp.result(SOCKET + "set-" + name, "handle " + value, nothing, body);
    }

    private static TcpSocketResource socket(Call call) {
        return call.self(TcpSocketResource.class);
    }
}
