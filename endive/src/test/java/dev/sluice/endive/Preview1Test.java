// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive;

import static dev.sluice.endive.Assembler.I32;
import static dev.sluice.endive.Assembler.I64;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sluice.udp.UdpSockets;
import java.io.ByteArrayInputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** WASI preview 1 beside WASI 0.2. */
class Preview1Test {
    private static final int[] NONE = {};

    @Test
    void inputIsTheHostsAndWaitingForItIsInterrupted() throws Exception {
        int[] code = {
            0x41,
            8,
            0x41,
            0xe4,
            0,
            0x36,
            2,
            0, // i32.store(8, 100): the buffer's address
            0x41,
            12,
            0x41,
            1,
            0x36,
            2,
            0, // i32.store(12, 1): its length
            0x41,
            0,
            0x41,
            8,
            0x41,
            1,
            0x41,
            0,
            0x10,
            0,
            0x1a, // drop fd_read(0, 8, 1, 0)
            0x41,
            0xe4,
            0,
            0x2d,
            0,
            0,
            0x10,
            1 // proc_exit(load8_u(100))
        };
        WasiCommand command = WasiCommand.load(Assembler.core()
                .importFunction("wasi_snapshot_preview1", "fd_read", new int[] {I32, I32, I32, I32}, I32)
                .importFunction("wasi_snapshot_preview1", "proc_exit", new int[] {I32})
                .memory(1)
                .function("_start", NONE, NONE, code)
                .build());
        WasiHost.Builder host = WasiHost.builder(UdpSockets.provider("nio"));
        assertEquals(
                33,
                command.run(
                        host.stdin(new ByteArrayInputStream(new byte[] {33})).build()));
        try (PipedOutputStream silent = new PipedOutputStream()) {
            WasiHost waiting = host.stdin(new PipedInputStream(silent))
                    .limits(Limits.standard().withTime(Duration.ofMillis(200)))
                    .build();
            assertThrows(GuestTrapException.class, () -> command.run(waiting));
        }
    }

    /** The errno of a call whose first argument is a descriptor and whose others are 0. */
    private static int errno(String function, String types, int descriptor) throws Exception {
        int[] parameters = types.chars().map(c -> c == 'I' ? I64 : I32).toArray();
        int[] code = new int[2 * parameters.length + 4];
        for (int i = 0; i < parameters.length; i++) {
            code[2 * i] = parameters[i] == I64 ? 0x42 : 0x41;
        }
        code[1] = descriptor;
        System.arraycopy(new int[] {0x10, 0, 0x10, 1}, 0, code, code.length - 4, 4); // proc_exit(function(…))
        return WasiCommand.load(Assembler.core()
                        .importFunction("wasi_snapshot_preview1", function, parameters, I32)
                        .importFunction("wasi_snapshot_preview1", "proc_exit", new int[] {I32})
                        .memory(1)
                        .function("_start", NONE, NONE, code)
                        .build())
                .run(WasiHost.builder(UdpSockets.provider("nio")).build());
    }

    @ParameterizedTest
    @CsvSource({
        "fd_advise, iIIi",
        "fd_allocate, iII",
        "fd_close, i",
        "fd_fdstat_get, ii",
        "fd_fdstat_set_rights, iII",
        "fd_filestat_get, ii",
        "fd_prestat_get, ii",
        "fd_read, iiii",
        "fd_readdir, iiiIi",
        "fd_renumber, ii",
        "fd_seek, iIii",
        "fd_tell, ii",
        "fd_write, iiii",
        "path_open, iiiiiIIii",
        "sock_accept, iii",
        "sock_recv, iiiiii",
        "sock_send, iiiii",
        "sock_shutdown, ii"
    })
    void aBadDescriptorIsBadf(String function, String types) throws Exception {
        assertEquals(8, errno(function, types, 50));
        assertEquals(8, errno(function, types, 0x7f), "-1");
    }

    @Test
    void whatAStandardStreamIsNotForIsAnErrno() throws Exception {
        assertEquals(57, errno("sock_accept", "iii", 1), "notsock");
        assertEquals(57, errno("sock_recv", "iiiiii", 0), "notsock");
        assertEquals(57, errno("sock_send", "iiiii", 2), "notsock");
        assertEquals(58, errno("fd_allocate", "iII", 1), "notsup");
        assertEquals(58, errno("fd_fdstat_set_rights", "iII", 1), "notsup");
    }
}
