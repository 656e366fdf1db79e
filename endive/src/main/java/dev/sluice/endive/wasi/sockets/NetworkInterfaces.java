package dev.sluice.endive.wasi.sockets;

import dev.sluice.endive.abi.Call;
import dev.sluice.endive.abi.Functions;
import dev.sluice.endive.abi.ResultLayout;
import dev.sluice.endive.abi.Trap;
import dev.sluice.endive.wasi.io.ErrorResource;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.Network;
import dev.sluice.udp.SocketErrorException;

/** {@code wasi:sockets/network}, {@code instance-network}, and the interfaces that create sockets. */
final class NetworkInterfaces {
    private final Network network;
    private final OpenSockets open;

    NetworkInterfaces(Network network, OpenSockets open) {
        this.network = network;
        this.open = open;
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
                .result("create-tcp-socket", "i32", ResultLayout.HANDLE, NetworkInterfaces::createTcpSocket);
    }

    /** {@code option<error-code>}: always none, since no stream of this host is a socket's. */
    private static long networkErrorCode(Call call) {
        call.self(ErrorResource.class);
        call.memory().putByte(call.returnPointer(2, 1), 0);
        return 0;
    }

    private void createUdpSocket(Call call, int payload) throws SocketErrorException {
        UdpSocketResource socket = new UdpSocketResource(open.create(family(call)), open);
        call.memory().putInt(payload, call.add(socket));
    }

    /** There is no TCP. A guest finds out here, and has no socket to call the rest of the interface with. */
    private static void createTcpSocket(Call call, int payload) throws SocketErrorException {
        family(call);
        throw new SocketErrorException(ErrorCode.NOT_SUPPORTED, "there is no TCP");
    }

    private static IpAddressFamily family(Call call) {
        return switch (call.i32(0)) {
            case 0 -> IpAddressFamily.IPV4;
            case 1 -> IpAddressFamily.IPV6;
            default -> throw Trap.badCase(call.i32(0));
        };
    }
}
