package dev.sluice.endive;

import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.SocketErrorException;

/** {@code wasi:sockets/network}, {@code instance-network}, and the interfaces that create sockets. */
final class NetworkInterfaces {
    private NetworkInterfaces() {}

    static void declare(Functions functions) {
        functions
                .in("wasi:sockets/network")
                .drop("network", NetworkResource.class)
                .plain("network-error-code", "handle return-pointer", NetworkInterfaces::networkErrorCode);
        functions
                .in("wasi:sockets/instance-network")
                .plain("instance-network", "-> handle", NetworkInterfaces::instanceNetwork);
        functions
                .in("wasi:sockets/udp-create-socket")
                .socket("create-udp-socket", "i32", ResultLayout.HANDLE, NetworkInterfaces::createUdpSocket);
        functions
                .in("wasi:sockets/tcp-create-socket")
                .socket("create-tcp-socket", "i32", ResultLayout.HANDLE, NetworkInterfaces::createTcpSocket);
    }

    /** {@code option<error-code>}: none, for the errors of our streams are never the network's. */
    private static long networkErrorCode(Call call) {
        call.self(ErrorResource.class);
        call.memory().check(call.returnPointer(), 2, 1);
        call.memory().putByte(call.returnPointer(), 0);
        return 0;
    }

    private static long instanceNetwork(Call call) {
        return call.guest.handles().add(new NetworkResource(call.guest.network()));
    }

    private static void createUdpSocket(Call call, int payload) throws SocketErrorException {
        Guest guest = call.guest;
        UdpSocketResource socket = new UdpSocketResource(guest, guest.createSocket(family(call)));
        call.memory().putInt(payload, guest.handles().add(socket));
    }

    private static void createTcpSocket(Call call, int payload) throws SocketErrorException {
        family(call);
        throw TcpInterface.notSupported();
    }

    private static IpAddressFamily family(Call call) {
        return switch (call.i32(0)) {
            case 0 -> IpAddressFamily.IPV4;
            case 1 -> IpAddressFamily.IPV6;
            default -> throw AddressCodec.badCase(call.i32(0));
        };
    }
}
