// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.endive.GuestTrapException.Reason;
import dev.sluice.udp.UdpSockets;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reading and compiling a guest stays within its limits. */
@Timeout(120)
class LoadLimitsTest {
    private static final int[] NONE = {};
    private static final int[] LOOP = {0x03, 0x40, 0x0c, 0, 0x0b}; // loop br 0
    private static final Path LARGE = GuestRun.file("components/lines");

    private static String refusal(byte[] file, Limits limits) {
        return assertThrows(InvalidGuestException.class, () -> WasiCommand.load(file, limits))
                .getMessage();
    }

    @Test
    void aFileAboveItsLimitIsRefused() throws Exception {
        int size = (int) Files.size(LARGE);
        Limits limits = Limits.standard().withModuleBytes(size - 1);
        String expected = "The file has " + size + " bytes, but its limit is " + (size - 1) + ".";
        assertEquals(expected, refusal(Files.readAllBytes(LARGE), limits));
        assertEquals(
                expected,
                assertThrows(InvalidGuestException.class, () -> WasiCommand.load(LARGE, limits))
                        .getMessage());
        WasiCommand.load(LARGE, limits.withModuleBytes(size));
    }

    @Test
    void readingEndsWithItsTime() throws Exception {
        String message = refusal(Files.readAllBytes(LARGE), Limits.standard().withTime(Duration.ZERO));
        assertEquals("Reading the file takes longer than its time of PT0S.", message);
    }

    @Test
    void readingEndsWithAnInterruption() throws Exception {
        byte[] file = Files.readAllBytes(LARGE);
        Thread.currentThread().interrupt();
        assertThrows(InterruptedIOException.class, () -> WasiCommand.load(file));
        assertTrue(Thread.interrupted());
    }

    @Test
    void tooManyLocalsAreRefused() {
        byte[] one = Assembler.core()
                .memory(1)
                .function("_start", 50_001, NONE, NONE)
                .build();
        assertEquals("A function of the module has more than 50000 locals.", refusal(one, Limits.standard()));
        Assembler many = Assembler.core().memory(1);
        for (int i = 0; i < 161; i++) {
            many.function("f" + i, 50_000, NONE, NONE);
        }
        assertEquals(
                "The functions of the module have more than 8000000 locals in all.",
                refusal(many.build(), Limits.standard()));
    }

    /** Each of these functions exceeds the JVM's limit for methods, which the compiler finds out one by one. */
    @Test
    void aModuleThatTakesTheCompilerMinutesIsStoppedInTime() throws Exception {
        Assembler bomb = Assembler.core().memory(1);
        for (int i = 0; i < 570; i++) {
            bomb.function("f" + i, 14_000, NONE, NONE);
        }
        WasiCommand command =
                WasiCommand.load(bomb.function("_start", NONE, NONE, LOOP).build());
        WasiHost host = WasiHost.builder(UdpSockets.provider("nio"))
                .limits(Limits.standard().withTime(Duration.ofMillis(200)))
                .build();
        GuestTrapException stopped = assertThrows(GuestTrapException.class, () -> command.run(host));
        assertEquals(Reason.TIME, stopped.reason());
    }

    /** A function that calls itself 50000 times. */
    private static WasiCommand recursion() throws Exception {
        int[] code = {
            0x20,
            0,
            0x45,
            0x04,
            0x7f,
            0x41,
            0, // local.get 0, i32.eqz, if: 0
            0x05,
            0x20,
            0,
            0x41,
            1,
            0x6b,
            0x10,
            0,
            0x0b // else: call 0 of local.get 0 - 1
        };
        return WasiCommand.load(Assembler.core()
                .memory(1)
                .function("deep", new int[] {Assembler.I32}, new int[] {Assembler.I32}, code)
                .function("wasi:cli/run@0.2.0#run", NONE, new int[] {Assembler.I32}, 0x41, 0xd0, 0x86, 3, 0x10, 0)
                .build());
    }

    @Test
    void recursionGoesAsDeepAsTheStackAllows() throws Exception {
        WasiCommand compiled = recursion();
        for (WasiCommand command : new WasiCommand[] {compiled, compiled.interpreted()}) {
            WasiHost.Builder host = WasiHost.builder(UdpSockets.provider("nio"));
            WasiHost small =
                    host.limits(Limits.standard().withStackBytes(512 << 10)).build();
            GuestTrapException stopped = assertThrows(GuestTrapException.class, () -> command.run(small));
            assertEquals(Reason.LIMIT, stopped.reason());
            assertEquals("call stack exhausted", stopped.getMessage());
            WasiHost large =
                    host.limits(Limits.standard().withStackBytes(512 << 20)).build();
            assertEquals(0, command.run(large));
        }
    }

    @Test
    void anInterruptionReachesAGuestOnAThreadOfItsOwn() throws Exception {
        WasiCommand command = WasiCommand.load(
                Assembler.core().memory(1).function("_start", NONE, NONE, LOOP).build());
        WasiHost host = WasiHost.builder(UdpSockets.provider("nio"))
                .limits(Limits.standard().withStackBytes(1 << 20))
                .build();
        Thread.currentThread().interrupt();
        GuestTrapException stopped = assertThrows(GuestTrapException.class, () -> command.run(host));
        assertTrue(Thread.interrupted());
        assertEquals(Reason.INTERRUPTION, stopped.reason());
    }
}
