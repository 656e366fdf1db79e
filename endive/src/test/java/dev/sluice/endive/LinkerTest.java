// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive;

import static dev.sluice.endive.Assembler.F64;
import static dev.sluice.endive.Assembler.I32;
import static dev.sluice.endive.Assembler.I64;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.endive.GuestTrapException.Reason;
import dev.sluice.udp.UdpSockets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import run.endive.runtime.ImportFunction;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmEngineException;

/** How imports meet the host's functions. */
class LinkerTest {
    private static final int CALL_0[] = {0x10, 0};
    private static final int DROP = 0x1a;

    private static WasiHost host(Limits limits) {
        return WasiHost.builder(UdpSockets.provider("nio")).limits(limits).build();
    }

    private static String trap(byte[] program) throws Exception {
        WasiCommand command = WasiCommand.load(program);
        return assertThrows(GuestTrapException.class, () -> command.run(host(Limits.standard())))
                .getMessage();
    }

    /** A program that imports one function and calls it with zeros. */
    private static byte[] calling(String module, String name, int[] parameters, int... results) {
        int[] code = new int[2 * parameters.length + 2 + results.length + 2];
        int at = 0;
        for (int parameter : parameters) {
            code[at++] = parameter == I64 ? 0x42 : 0x41;
            code[at++] = 0;
        }
        code[at++] = CALL_0[0];
        code[at++] = CALL_0[1];
        for (int i = 0; i < results.length; i++) {
            code[at++] = DROP;
        }
        code[at++] = 0x41;
        code[at] = 0;
        return Assembler.core()
                .importFunction(module, name, parameters, results)
                .memory(1)
                .function("wasi:cli/run@0.2.0#run", new int[0], new int[] {I32}, code)
                .build();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wasi:clocks/monotonic-clock@0.2.0",
                "wasi:clocks/monotonic-clock@0.2.12",
                "wasi:clocks/monotonic-clock@0.2",
                "wasi:clocks/monotonic-clock"
            })
    void everyVersion02Links(String module) throws Exception {
        WasiCommand command = WasiCommand.load(calling(module, "now", new int[0], I64));
        assertEquals(0, command.run(host(Limits.standard())));
    }

    @Test
    void whatIsNotThereTrapsWhenCalledByItsName() throws Exception {
        String message = trap(calling("wasi:http/types@0.2.1", "[constructor]fields", new int[0], I32));
        assertEquals("wasi:http/types@0.2.1 [constructor]fields: this host has no such function", message);
        assertTrue(trap(calling("wasi_snapshot_preview1", "sock_open", new int[] {I32}, I32))
                .contains("sock_open"));
    }

    @Test
    void whatIsNotThereLinksAndCostsNothingUncalled() throws Exception {
        byte[] program = Assembler.core()
                .importFunction("wasi:http/types@0.2.1", "x", new int[] {F64, I64}, F64)
                .memory(1)
                .function("wasi:cli/run@0.2.5#run", new int[0], new int[] {I32}, 0x41, 1)
                .build();
        assertEquals(1, WasiCommand.load(program).run(host(Limits.standard())));
    }

    @Test
    void aFunctionDeclaredWithAnotherTypeTrapsWhenCalled() throws Exception {
        String message = trap(calling("wasi:clocks/monotonic-clock@0.2.0", "now", new int[0], I32));
        assertTrue(message.contains("now: declared as"), message);
    }

    @Test
    void exitEndsTheProgramWithItsStatus() throws Exception {
        byte[] exit = calling("wasi:cli/exit@0.2.0", "exit", new int[] {I32});
        assertEquals(0, WasiCommand.load(exit).run(host(Limits.standard())));
        byte[] withCode = Assembler.core()
                .importFunction("wasi:cli/exit@0.2.4", "exit-with-code", new int[] {I32})
                .memory(1)
                .function("_start", new int[0], new int[0], 0x41, 42, 0x10, 0)
                .build();
        assertEquals(42, WasiCommand.load(withCode).run(host(Limits.standard())));
    }

    @Test
    void aTcpSocketIsCreated() throws Exception {
        // run answers the discriminant of the result<own<tcp-socket>, error-code> at 0
        byte[] program = Assembler.core()
                .importFunction("wasi:sockets/tcp-create-socket@0.2.0", "create-tcp-socket", new int[] {I32, I32})
                .memory(1)
                .function(
                        "wasi:cli/run@0.2.0#run",
                        new int[0],
                        new int[] {I32},
                        0x41,
                        0,
                        0x41,
                        0,
                        0x10,
                        0, // create-tcp-socket(ipv4, 0)
                        0x41,
                        0,
                        0x2d,
                        0,
                        0) // load8_u offset=0
                .build();
        assertEquals(0, WasiCommand.load(program).run(host(Limits.standard())));
    }

    @Test
    void theTimeZoneIsUtc() throws Exception {
        // display writes to 16, and has its text at 64; the status is the text's last letter, if it was three long
        byte[] program = Assembler.core()
                .importFunction("wasi:clocks/timezone@0.2.0", "utc-offset", new int[] {I64, I32}, I32)
                .importFunction("wasi:clocks/timezone@0.2.3", "display", new int[] {I64, I32, I32})
                .importFunction("wasi:cli/exit@0.2.1", "exit-with-code", new int[] {I32})
                .memory(1)
                .function("cabi_realloc", new int[] {I32, I32, I32, I32}, new int[] {I32}, 0x41, 0xc0, 0)
                .function(
                        "_start",
                        new int[0],
                        new int[0],
                        0x42,
                        0,
                        0x41,
                        0,
                        0x10,
                        0, // utc-offset(0, 0)
                        0x42,
                        0,
                        0x41,
                        0,
                        0x41,
                        16,
                        0x10,
                        1, // display(0, 0, 16)
                        0x41,
                        16,
                        0x28,
                        2,
                        8, // i32.load offset=8: the text's length
                        0x41,
                        0xc0,
                        0,
                        0x6a,
                        0x41,
                        1,
                        0x6b, // + 64 - 1
                        0x28,
                        0,
                        0, // i32.load: 'C' and zeros
                        0x6a, // + utc-offset
                        0x10,
                        2) // exit-with-code
                .build();
        assertEquals('C', WasiCommand.load(program).run(host(Limits.standard())));
    }

    @Test
    void memoryBeyondTheLimitIsRefused() throws Exception {
        byte[] program = Assembler.core()
                .memory(3)
                .function("_start", new int[0], new int[0])
                .build();
        WasiCommand command = WasiCommand.load(program);
        assertEquals(0, command.run(host(Limits.standard().withMemoryBytes(3 << 16))));
        GuestTrapException refused = assertThrows(
                GuestTrapException.class,
                () -> command.run(host(Limits.standard().withMemoryBytes((3 << 16) - 1))));
        assertEquals(Reason.LIMIT, refused.reason());
        assertEquals("the guest's memory begins with 3 pages, but its limit is 2", refused.getMessage());
    }

    @Test
    void timeEndsALoopAndTheThreadIsAsBefore() throws Exception {
        for (boolean interpreted : new boolean[] {false, true}) {
            byte[] program = Assembler.core()
                    .memory(1)
                    .function("_start", new int[0], new int[0], 0x03, 0x40, 0x0c, 0, 0x0b) // loop br 0
                    .build();
            WasiCommand command = WasiCommand.load(program);
            WasiCommand either = interpreted ? command.interpreted() : command;
            String message = assertThrows(
                            GuestTrapException.class,
                            () -> either.run(host(Limits.standard().withTime(Duration.ofMillis(200)))))
                    .getMessage();
            assertEquals("its time of PT0.2S is over", message);
            assertTrue(!Thread.currentThread().isInterrupted());
        }
    }

    @Test
    void anInterruptionEndsTheGuestAndStays() throws Exception {
        byte[] program = Assembler.core()
                .memory(1)
                .function("_start", new int[0], new int[0], 0x03, 0x40, 0x0c, 0, 0x0b)
                .build();
        WasiCommand command = WasiCommand.load(program);
        Thread.currentThread().interrupt();
        String message = assertThrows(GuestTrapException.class, () -> command.run(host(Limits.standard())))
                .getMessage();
        assertTrue(Thread.interrupted());
        assertEquals("interrupted", message);
    }

    @Test
    void functionsServeAnInstanceOfTheCallersMakingAndOneOnly() {
        var module = Parser.parse(calling("wasi:clocks/monotonic-clock@0.2.0", "now", new int[0], I64));
        try (WasiHost host = host(Limits.standard())) {
            ImportValues imports = ImportValues.builder()
                    .addFunction(host.functions(module).toArray(ImportFunction[]::new))
                    .build();
            Instance one = Instance.builder(module).withImportValues(imports).build();
            Instance other = Instance.builder(module).withImportValues(imports).build();
            assertEquals(0, one.export("wasi:cli/run@0.2.0#run").apply()[0]);
            String message = assertThrows(WasmEngineException.class, () -> other.export("wasi:cli/run@0.2.0#run")
                            .apply())
                    .getMessage();
            assertTrue(message.contains("another one"), message);
        }
    }

    @Test
    void afterCloseEveryCallTraps() {
        var module = Parser.parse(calling("wasi:clocks/monotonic-clock@0.2.0", "now", new int[0], I64));
        WasiHost host = host(Limits.standard());
        Instance instance = Instance.builder(module)
                .withImportValues(ImportValues.builder()
                        .addFunction(host.functions(module).toArray(ImportFunction[]::new))
                        .build())
                .build();
        host.close();
        assertThrows(WasmEngineException.class, () -> instance.export("wasi:cli/run@0.2.0#run")
                .apply());
    }

    /** A result of {@code run} is a discriminant, which this guest does not give. */
    @Test
    void W5_taskReturnHasTheTypeOfItsFunction() throws Exception {
        String run = "wasi:cli/run@0.3.0#run";
        byte[] program = Assembler.core()
                .importFunction("[export]wasi:cli/run@0.3.0", "[task-return]run", new int[0])
                .memory(1)
                .function("[async-lift]" + run, new int[0], new int[] {I32}, 0x10, 0, 0x41, 0)
                .function("[callback][async-lift]" + run, new int[] {I32, I32, I32}, new int[] {I32}, 0x41, 0)
                .build();
        String message = trap(program);
        assertTrue(message.contains("its type is"), message);
    }
}
