// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.sockets;

import dev.sluice.endive.abi.Call;
import dev.sluice.endive.abi.Functions;
import dev.sluice.endive.abi.GuestMemory;
import dev.sluice.endive.abi.ResultLayout;
import dev.sluice.endive.abi.Strings;
import dev.sluice.endive.wasi.io.PollableResource;
import dev.sluice.udp.ErrorCode;
import dev.sluice.udp.SocketErrorException;
import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** {@code wasi:sockets/ip-name-lookup}. */
final class NameLookupInterface {
    private static final String STREAM = "[method]resolve-address-stream.";

    private final Predicate<String> names;
    private final Lookups lookups = new Lookups();

    NameLookupInterface(Predicate<String> names) {
        this.names = names;
    }

    void declare(Functions functions) {
        functions
                .in("wasi:sockets/ip-name-lookup", SocketErrors.ERROR_CASE)
                .result("resolve-addresses", "handle list", ResultLayout.HANDLE, this::resolve)
                .drop("resolve-address-stream", ResolveAddressStreamResource.class)
                .result(
                        STREAM + "resolve-next-address",
                        "handle",
                        ResultLayout.OPTIONAL_ADDRESS,
                        NameLookupInterface::next)
                .plain(STREAM + "subscribe", "handle -> handle", NameLookupInterface::subscribe);
    }

    private void resolve(Call call, int payload) throws SocketErrorException {
        call.resource(0, NetworkResource.class);
        String name = Strings.lift(call.memory(), call.i32(1), call.i32(2));
        call.memory().putInt(payload, call.add(new ResolveAddressStreamResource(begin(name))));
    }

    CompletableFuture<InetAddress[]> begin(String text) throws SocketErrorException {
        HostName name = HostName.of(text);
        if (name.literal() != null) {
            return CompletableFuture.completedFuture(new InetAddress[] {name.literal()});
        }
        if (names.test(name.ascii())) {
            return lookups.start(name.ascii());
        }
        throw new SocketErrorException(ErrorCode.ACCESS_DENIED, "the host does not allow resolving " + name.ascii());
    }

    /** {@code option<ip-address>}: its discriminant at 0, the address's at 2, 4 bytes or 8 little-endian groups at 4. */
    private static void next(Call call, int payload) throws SocketErrorException {
        InetAddress address = call.self(ResolveAddressStreamResource.class).next();
        GuestMemory memory = call.memory();
        memory.putByte(payload, address == null ? 0 : 1);
        if (address != null) {
            lower(address, memory, payload + 2);
        }
    }

    /** {@code ip-address}: its discriminant at 0, 4 bytes or 8 little-endian groups at 2. */
    static void lower(InetAddress address, GuestMemory memory, int at) {
        byte[] bytes = address.getAddress();
        boolean ipv6 = bytes.length == 16;
        memory.putByte(at, ipv6 ? 1 : 0);
        for (int i = 0; i < bytes.length; i++) {
            memory.putByte(at + 2 + i, bytes[ipv6 ? i ^ 1 : i]);
        }
    }

    private static long subscribe(Call call) {
        return call.addChild(new PollableResource(call.self(ResolveAddressStreamResource.class)));
    }
}
