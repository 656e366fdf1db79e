// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.sockets;

import dev.sluice.endive.abi.Call;
import dev.sluice.endive.abi.Functions;
import dev.sluice.endive.abi.ResultLayout;
import dev.sluice.endive.wasi.io.ErrorResource;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.Network;
import dev.sluice.udp.SocketErrorException;
import java.io.IOException;

/** {@code wasi:sockets/network}, {@code instance-network}, and the interfaces that create sockets. */
final class NetworkInterfaces {
    private final Network network;
    private final OpenSockets open;
    private final OpenChannels channels;

    NetworkInterfaces(Network network, OpenSockets open, OpenChannels channels) {
        this.network = network;
        this.open = open;
        this.channels = channels;
    }

    void declare(Functions functions) {
        functions
                .in("wasi:sockets/network")
                .drop("network", NetworkResource.class)
                .plain("network-error-code", "handle return-pointer", NetworkInterfaces::networkErrorCode);
        functions
                .in("wasi:sockets/instance-network")
                .plain("instance-network", "-> handle", call -> call.add(new NetworkResource(network)));
        functions
                .in("wasi:sockets/udp-create-socket", SocketErrors.ERROR_CASE)
                .result("create-udp-socket", "i32", ResultLayout.HANDLE, this::createUdpSocket);
        functions
                .in("wasi:sockets/tcp-create-socket", SocketErrors.ERROR_CASE)
                .result("create-tcp-socket", "i32", ResultLayout.HANDLE, this::createTcpSocket);
    }

    /** {@code option<error-code>}: none if the error is not that of a connection. */
    private static long networkErrorCode(Call call) {
        Throwable cause = call.self(ErrorResource.class).cause();
        int result = call.returnPointer(2, 1);
        ErrorCode code = cause instanceof IOException e ? TcpErrors.code(e) : ErrorCode.UNKNOWN;
        call.memory().putByte(result, code == ErrorCode.UNKNOWN ? 0 : 1);
        if (code != ErrorCode.UNKNOWN) {
            call.memory().putByte(result + 1, code.number());
        }
        return 0;
    }

    private void createUdpSocket(Call call, int payload) throws SocketErrorException {
        UdpSocketResource socket = new UdpSocketResource(open.create(AddressCodec.family(call, 0)), open);
        call.memory().putInt(payload, call.add(socket));
    }

    private void createTcpSocket(Call call, int payload) throws SocketErrorException {
        call.memory().putInt(payload, call.add(new TcpSocketResource(AddressCodec.family(call, 0), channels)));
    }
}
