package dev.sluice.endive;

import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.SocketErrorException;
import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;

/** {@code wasi:sockets/ip-name-lookup}. */
final class NameLookupInterface {
    private static final String STREAM = "[method]resolve-address-stream.";

    private NameLookupInterface() {}

    static void declare(Functions functions) {
        functions
                .in("wasi:sockets/ip-name-lookup")
                .socket("resolve-addresses", "handle list", ResultLayout.HANDLE, NameLookupInterface::resolve)
                .drop("resolve-address-stream", ResolveAddressStreamResource.class)
                .socket(
                        STREAM + "resolve-next-address",
                        "handle",
                        ResultLayout.OPTIONAL_ADDRESS,
                        NameLookupInterface::next)
                .plain(STREAM + "subscribe", "handle -> handle", NameLookupInterface::subscribe);
    }

    private static void resolve(Call call, int payload) throws SocketErrorException {
        NetworkResource network = call.resource(0, NetworkResource.class);
        HostName name = HostName.of(Strings.lift(call.memory(), call.i32(1), call.i32(2)));
        CompletableFuture<InetAddress[]> lookup;
        if (name.literal() != null) {
            lookup = CompletableFuture.completedFuture(new InetAddress[] {name.literal()});
        } else if (network.network().mayResolve(name.ascii())) {
            lookup = call.guest.lookups().start(name.ascii());
        } else {
            throw new SocketErrorException(
                    ErrorCode.ACCESS_DENIED, "the network does not allow resolving " + name.ascii());
        }
        call.memory().putInt(payload, call.guest.handles().add(new ResolveAddressStreamResource(lookup)));
    }

    /**
     * {@code option<ip-address>}: its discriminant at 0, the address's at 2; then 4 bytes, or 8 little-endian groups, at
     * 4.
     */
    private static void next(Call call, int payload) throws SocketErrorException {
        InetAddress address = call.self(ResolveAddressStreamResource.class).next();
        GuestMemory memory = call.memory();
        memory.putByte(payload, address == null ? 0 : 1);
        if (address != null) {
            byte[] bytes = address.getAddress();
            boolean ipv6 = bytes.length == 16;
            memory.putByte(payload + 2, ipv6 ? 1 : 0);
            for (int i = 0; i < bytes.length; i++) {
                memory.putByte(payload + 4 + i, bytes[ipv6 ? i ^ 1 : i]);
            }
        }
    }

    private static long subscribe(Call call) {
        return call.addChild(new PollableResource(call.self(ResolveAddressStreamResource.class)));
    }
}
