// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive;

import static dev.sluice.endive.Assembler.I32;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.udp.Network;
import dev.sluice.udp.UdpSockets;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a host is once it is built. */
class WasiHostTest {
    /** Exits with the length of a list, which the function writes to 16 and 20. */
    private static WasiCommand countingWith(String function) throws IOException {
        int[] code = {0x41, 16, 0x10, 0, 0x41, 20, 0x28, 2, 0, 0x10, 1}; // function(16), exit-with-code(i32.load(20))
        return WasiCommand.load(Assembler.core()
                .importFunction("wasi:cli/environment@0.2.0", function, new int[] {I32})
                .importFunction("wasi:cli/exit@0.2.0", "exit-with-code", new int[] {I32})
                .memory(1)
                .function("cabi_realloc", new int[] {I32, I32, I32, I32}, new int[] {I32}, 0x41, 0xc0, 0) // at 64
                .function("_start", new int[0], new int[0], code)
                .build());
    }

    @Test
    void aBuiltHostKeepsItsArgumentsAndEnvironment() throws Exception {
        WasiHost.Builder builder = WasiHost.builder(UdpSockets.provider("nio"))
                .arguments(List.of("one", "two"))
                .environment(Map.of("A", "1"));
        WasiHost first = builder.build();
        WasiHost second = builder.build();
        builder.arguments(List.of()).environment(Map.of());
        assertEquals(2, countingWith("get-arguments").run(first));
        assertEquals(1, countingWith("get-environment").run(second));
    }

    @Test
    void aBuiltHostKeepsItsStreams() throws Exception {
        for (String lines : List.of("programs/lines", "components/lines")) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            WasiHost.Builder builder = WasiHost.builder(UdpSockets.provider("nio"))
                    .network(Network.unrestricted())
                    .environment(Map.of("COUNT_ONLY", "1"))
                    .arguments(List.of("lines", "port=9"))
                    .stdin(new ByteArrayInputStream("first\nsecond".getBytes(StandardCharsets.UTF_8)))
                    .stdout(out)
                    .stderr(out);
            WasiHost host = builder.build();
            ByteArrayOutputStream later = new ByteArrayOutputStream();
            builder.stdin(new ByteArrayInputStream(new byte[0])).stdout(later).stderr(later);
            WasiCommand.load(GuestRun.file(lines)).interpreted().run(host);
            assertEquals("2 lines\n", out.toString(StandardCharsets.UTF_8));
            assertEquals("", later.toString(StandardCharsets.UTF_8));
        }
    }

    /** Reads the seed twice, to 16 and to 48, and exits with 1 if it is the same. */
    private static WasiCommand seedingTwice() throws IOException {
        int[] code = {
            0x41,
            16,
            0x10,
            0,
            0x41,
            48,
            0x10,
            0, // insecure-seed(16), insecure-seed(48)
            0x41,
            16,
            0x29,
            3,
            0,
            0x41,
            48,
            0x29,
            3,
            0,
            0x51, // i64.load(16) == i64.load(48)
            0x41,
            16,
            0x29,
            3,
            8,
            0x41,
            48,
            0x29,
            3,
            8,
            0x51, // i64.load(24) == i64.load(56)
            0x71,
            0x10,
            1 // exit-with-code(… & …)
        };
        return WasiCommand.load(Assembler.core()
                .importFunction("wasi:random/insecure-seed@0.2.0", "insecure-seed", new int[] {I32})
                .importFunction("wasi:cli/exit@0.2.0", "exit-with-code", new int[] {I32})
                .memory(1)
                .function("_start", new int[0], new int[0], code)
                .build());
    }

    @Test
    void theInsecureSeedOfAHostStaysTheSame() throws Exception {
        WasiHost host = WasiHost.builder(UdpSockets.provider("nio")).build();
        assertEquals(1, seedingTwice().run(host));
    }
}
