// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive;

import static dev.sluice.endive.Assembler.bytes;
import static dev.sluice.endive.Assembler.component;
import static dev.sluice.endive.Assembler.coreModule;
import static dev.sluice.endive.Assembler.lowered;
import static dev.sluice.endive.Assembler.nested;
import static dev.sluice.endive.Assembler.section;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.endive.component.GuestFile;
import dev.sluice.udp.UdpSockets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which core module of a component is run, and which files are refused. */
class ComponentFileTest {
    private static final byte[] MAIN = Assembler.program().build();
    private static final byte[] SHIM = Assembler.core().table("$imports").build();
    private static final byte[] FIXUP =
            Assembler.core().importTable("", "$imports").build();
    private static final byte[] ADAPTER = Assembler.core()
            .importMemory("env", "memory")
            .importFunction("__main_module__", "_start", new int[0])
            .build();

    /** What wit-component writes for a command: a component that exports {@code run}, of no code. */
    private static final byte[] RUN_SHAPE = component(section(7, bytes(1, 0x40, 0, 0, 0)));

    private static int run(byte[] file) throws IOException {
        return WasiCommand.load(file)
                .run(WasiHost.builder(UdpSockets.provider("nio")).build());
    }

    private static String refusal(byte[] file) {
        String sentence = assertThrows(InvalidGuestException.class, () -> WasiCommand.load(file))
                .getMessage();
        assertTrue(sentence.endsWith(".") && sentence.lines().count() == 1, sentence);
        return sentence;
    }

    @Test
    void aCoreModuleIsRunAsItIs() throws Exception {
        assertEquals(0, run(MAIN));
    }

    @Test
    void theMainModuleIsRunWithoutItsHelpers() throws Exception {
        byte[] file = component(
                section(0, bytes(1, 'x')),
                coreModule(MAIN),
                coreModule(SHIM),
                coreModule(FIXUP),
                lowered(2, 0x00, 0x03, 0), // UTF-8, memory 0
                nested(RUN_SHAPE));
        assertEquals(0, run(file));
    }

    @Test
    void theAdapterOfPreview1IsSetAside() throws Exception {
        byte[] main = Assembler.core()
                .importFunction("wasi_snapshot_preview1", "proc_exit", new int[] {Assembler.I32})
                .memory(1)
                .function("_start", new int[0], new int[0], 0x41, 3, 0x10, 0) // proc_exit(3)
                .build();
        assertEquals(3, run(component(coreModule(main), coreModule(ADAPTER), coreModule(SHIM), coreModule(FIXUP))));
    }

    /** Of older and of newer versions of wit-component, without and with a table to fill. */
    @ParameterizedTest
    @CsvSource({"'', '', false", "main, _initialize, false", "main, _initialize, true"})
    void anInitialiserIsCalledBeforeTheProgram(String module, String name, boolean fixesUp) throws Exception {
        int[] add = {0x41, 0, 0x41, 0, 0x28, 2, 0, 0x41, 1, 0x6a, 0x36, 2, 0}; // i32.store(0, i32.load(0) + 1)
        int[] isOne = {0x41, 0, 0x28, 2, 0, 0x41, 1, 0x47}; // i32.load(0) != 1
        byte[] main = Assembler.core()
                .memory(1)
                .function("_initialize", new int[0], new int[0], add)
                .function("wasi:cli/run@0.2.0#run", new int[0], new int[] {Assembler.I32}, isOne)
                .build();
        Assembler initialiser = Assembler.core();
        if (fixesUp) {
            initialiser.importTable("", "$imports");
        }
        initialiser.importFunction(module, name, new int[0]).start(0);
        assertEquals(0, run(component(coreModule(main), coreModule(initialiser.build()))));
    }

    @Test
    void aCompositionOfSeveralIsRefused() {
        byte[] inner = component(coreModule(MAIN));
        assertTrue(refusal(component(nested(inner), nested(inner))).contains("several"));
        assertTrue(refusal(component(coreModule(MAIN), coreModule(MAIN))).contains("several"));
    }

    @Test
    void aComponentWithoutCodeIsRefused() {
        assertTrue(refusal(component()).contains("no core module"));
        assertTrue(refusal(component(coreModule(SHIM))).contains("no core module"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x01, 0x02})
    void otherStringEncodingsAreRefused(int encoding) {
        assertTrue(refusal(component(coreModule(MAIN), lowered(1, encoding))).contains("UTF-8"));
    }

    @Test
    void whatWasiDoesNotKnowIsRefused() {
        assertTrue(refusal(component(coreModule(MAIN), lowered(1, 0x08))).contains("option 0x08"));
        assertTrue(
                refusal(component(coreModule(MAIN), section(8, bytes(1, 0x40)))).contains("function 0x40"));
    }

    /** One of each kind of arguments: what follows them is read as the next function, or refused. */
    @Test
    void canonicalFunctionsOf03AreRead() throws Exception {
        byte[] functions = bytes(
                9, // of them
                0x09, 0x00, 0x7f, 1, 0x00, // task.return: bool, UTF-8
                0x09, 0x01, 0x00, 0, // task.return: nothing
                0x0f, 5, 2, 0x06, 0x03, 0, // stream.read: async, memory
                0x0a, 0x7f, 0, // context.get
                0x20, 0, 0, // waitable-set.wait
                0x11, 5, 1, // stream.cancel-read
                0x06, 1, // subtask.cancel
                0x1f, // waitable-set.new
                0x0e, 5); // stream.new
        GuestFile.mainModule(component(coreModule(MAIN), section(8, functions)));
        byte[] more = Arrays.copyOf(functions, functions.length + 1);
        more[0]++;
        more[functions.length] = 0x41;
        assertTrue(refusal(component(coreModule(MAIN), section(8, more))).contains("function 0x41"));
    }

    @Test
    void componentsNestedWithoutEndAreRefused() {
        byte[] file = component(coreModule(MAIN));
        for (int i = 0; i < 20; i++) {
            file = component(nested(file));
        }
        assertTrue(refusal(file).contains("deeply"));
    }

    @Test
    void everyTruncationIsRefused() throws Exception {
        byte[] file = component(coreModule(MAIN), lowered(2, 0x00, 0x03, 0));
        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            int whole = 8 + coreModule(MAIN).length;
            if (length != whole) { // there it ends between two sections
                refusal(cut);
            }
        }
    }

    @Test
    void otherFilesAreRefused() {
        assertTrue(refusal("(module)".getBytes()).contains("not WebAssembly"));
        assertTrue(refusal(bytes(0, 'a', 's', 'm', 2, 0, 0, 0)).contains("unknown version 0x2"));
        assertTrue(refusal(bytes(0, 'a', 's', 'm', 1, 0, 0, 0, 1, 5)).contains("WebAssembly"));
    }

    @Test
    void aModuleThatIsNoProgramIsRefused() {
        assertTrue(refusal(Assembler.core().build()).contains("memory"));
        assertTrue(refusal(Assembler.core().memory(1).build()).contains("wasi:cli/run"));
        byte[] typed = Assembler.core()
                .memory(1)
                .function("_start", new int[] {Assembler.I32}, new int[0])
                .build();
        assertTrue(refusal(typed).contains("another type"));
    }

    @Test
    void anEntryThatIsNotTheProgramsOwnIsRefused() {
        byte[] file = Assembler.core()
                .memory(1)
                .function("_start", new int[0], new int[0])
                .build();
        file[indexOf(file, "_start") + "_start".length() + 1] = 99; // behind the kind: the function
        assertTrue(refusal(file).contains("_start"));
        byte[] passedOn = Assembler.core()
                .importFunction("wasi:x/y@0.2.0", "z", new int[0])
                .memory(1)
                .function("_start", new int[0], new int[0])
                .build();
        passedOn[indexOf(passedOn, "_start") + "_start".length() + 1] = 0; // the import
        assertTrue(refusal(passedOn).contains("_start"));
    }

    @Test
    void lengthsThatOnlyTheParserBelievesAreRefused() {
        byte[] name = section(0, bytes(0xff, 0xff, 0xff, 0xff, 0x07, 'x')); // a custom section's, of 2 GiB
        assertTrue(refusal(Assembler.concat(MAIN, name)).contains("more memory than the host has"));
    }

    @Test
    void ofManyFaultsTheFirstIsTold() {
        byte[] faulty = Assembler.program(0x6a, 0x6a, 0x6a).build(); // i32.add of nothing
        String sentence = refusal(faulty);
        assertEquals(sentence.indexOf("mismatch"), sentence.lastIndexOf("mismatch"), sentence);
    }

    @Test
    void anInstructionThatTheEngineLacksIsNamed() throws Exception {
        int[] simd = new int[19];
        simd[0] = 0xfd; // v128.const 0, drop
        simd[1] = 0x0c;
        simd[18] = 0x1a;
        byte[] file = Assembler.program(simd).build();
        String message = assertThrows(GuestTrapException.class, () -> run(file)).getMessage();
        assertEquals("the engine does not implement the instruction V128_CONST", message);
    }

    private static int indexOf(byte[] file, String text) {
        return new String(file, StandardCharsets.ISO_8859_1).indexOf(text);
    }

    @Test
    void importsThatAreNotWasisAreRefused() {
        byte[] foreign = Assembler.core()
                .importFunction("env", "system", new int[] {Assembler.I32})
                .memory(1)
                .function("_start", new int[0], new int[0])
                .build();
        assertTrue(refusal(foreign).contains("system from env"));
        byte[] later = Assembler.core()
                .importFunction("wasi:sockets/types@0.4.0", "x", new int[0])
                .memory(1)
                .function("_start", new int[0], new int[0])
                .build();
        assertTrue(refusal(later).contains("0.4.0"));
    }
}
