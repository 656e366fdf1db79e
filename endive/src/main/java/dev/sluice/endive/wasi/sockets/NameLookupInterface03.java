// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.sockets;

import dev.sluice.endive.abi.Call;
import dev.sluice.endive.abi.ErrorCase;
import dev.sluice.endive.abi.Functions;
import dev.sluice.endive.abi.GuestMemory;
import dev.sluice.endive.abi.InterfaceFunctions.ResultBody;
import dev.sluice.endive.abi.ResultLayout;
import dev.sluice.endive.abi.Strings;
import dev.sluice.endive.async.AsyncFunctions;
import dev.sluice.endive.async.Tasks;
import dev.sluice.udp.SocketErrorException;
import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** {@code wasi:sockets/ip-name-lookup} of 0.3. */
final class NameLookupInterface03 {
    private static final ErrorCase<SocketErrorException> ERROR_CASE =
            new ErrorCase<>(SocketErrorException.class, NameLookupInterface03::lower);

    private static final int OTHER = 5;

    private final NameLookupInterface lookups;
    private final Tasks tasks;

    NameLookupInterface03(NameLookupInterface lookups, Tasks tasks) {
        this.lookups = lookups;
        this.tasks = tasks;
    }

    void declare(Functions functions) {
        new AsyncFunctions<>(functions.in("wasi:sockets/ip-name-lookup", ERROR_CASE), tasks)
                .result("resolve-addresses", "list", ResultLayout.SMALL_OR_ERROR_03, this::resolve);
    }

    private CompletableFuture<ResultBody<SocketErrorException>> resolve(Call call) throws SocketErrorException {
        String name = Strings.lift(call.memory(), call.i32(0), call.i32(1));
        return AsyncFunctions.result(
                lookups.begin(name).handle(NameLookupInterface03::orError),
                addresses -> (c, at) -> lower(addresses, c, at));
    }

    private static InetAddress[] orError(InetAddress[] addresses, Throwable failure) {
        if (failure != null) {
            throw new CompletionException(ResolveAddressStreamResource.error(failure));
        }
        return addresses;
    }

    /** {@code list<ip-address>}: 18 bytes each, aligned to 2. */
    private static void lower(InetAddress[] addresses, Call call, int at) {
        GuestMemory memory = call.memory();
        int list = memory.allocate(2, 18 * addresses.length);
        for (int i = 0; i < addresses.length; i++) {
            NameLookupInterface.lower(addresses[i], memory, list + 18 * i);
        }
        memory.putList(at, list, addresses.length);
    }

    private static void lower(SocketErrorException error, Call call, int address) {
        int number =
                switch (error.errorCode()) {
                    case ACCESS_DENIED -> 0;
                    case INVALID_ARGUMENT -> 1;
                    case NAME_UNRESOLVABLE -> 2;
                    case TEMPORARY_RESOLVER_FAILURE -> 3;
                    case PERMANENT_RESOLVER_FAILURE -> 4;
                    default -> OTHER;
                };
        call.memory().putByte(address, number);
        if (number == OTHER) {
            SocketErrors03.lowerMessage(error.getMessage(), call, address);
        }
    }
}
