// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.preview1;

import java.util.List;
import java.util.Map;
import run.endive.runtime.HostFunction;
import run.endive.runtime.Instance;

/**
 * Functions that Endive answers with an exception or a line in the host's log, whatever the descriptor. Here they return
 * an errno: that of the reference host (wasmtime), which looks at the descriptor first.
 */
final class UnsupportedCalls {
    // errno values of preview 1
    private static final long BADF = 8;
    private static final long NOTSOCK = 57;
    private static final long NOTSUP = 58;

    private static final Map<String, Long> ERRNO = Map.of(
            "sock_accept", NOTSOCK,
            "sock_recv", NOTSOCK,
            "sock_send", NOTSOCK,
            "fd_allocate", NOTSUP,
            "fd_fdstat_set_rights", NOTSUP);

    private UnsupportedCalls() {}

    /** Those functions, in place of Endive's. */
    static List<HostFunction> of(Map<String, HostFunction> endive) {
        HostFunction advise = endive.get("fd_advise"); // the one function that does nothing with an open descriptor
        return ERRNO.entrySet().stream()
                .map(entry -> {
                    HostFunction replaced = endive.get(entry.getKey());
                    return new HostFunction(
                            Preview1.MODULE, replaced.name(), replaced.functionType(), (instance, arguments) ->
                                    new long[] {isOpen(advise, instance, arguments[0]) ? entry.getValue() : BADF});
                })
                .toList();
    }

    private static boolean isOpen(HostFunction advise, Instance instance, long descriptor) {
        return advise.handle().apply(instance, descriptor, 0, 0, 0)[0] != BADF;
    }
}
