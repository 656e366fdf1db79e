// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.sluice.endive.Assembler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import run.endive.runtime.Instance;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmModule;

/** Compiled code in files, which may have been changed by others. */
class CodeStoreTest {
    private static final byte[] KEY = "a key of 16 bytes".getBytes();

    @TempDir
    private Path folder;

    private Path directory() {
        return folder.resolve("code");
    }

    private CodeStore store() {
        return new CodeStore(directory(), KEY);
    }

    private static WasmModule module(int result) {
        return Parser.parse(Assembler.core()
                .memory(1)
                .function("f", new int[0], new int[] {Assembler.I32}, 0x41, result)
                .build());
    }

    private static long run(WasmModule module, CodeStore store) throws Exception {
        Compilation compilation = Compilation.start(module, store);
        compilation.await(Long.MAX_VALUE);
        Instance instance = Instance.builder(module)
                .withMachineFactory(compilation.machines())
                .build();
        return instance.export("f").apply()[0];
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory())) {
            return files.toList();
        }
    }

    @Test
    void whatIsStoredIsRunAgain() throws Exception {
        WasmModule module = module(7);
        assertEquals(Map.of(), store().get(module.digest()));
        assertEquals(7, run(module, store()));
        assertEquals(1, files().size());
        assertNotEquals(Map.of(), store().get(module.digest()));
        // the code of another module under this one's name shows that the stored code is used
        CodeStore store = store();
        run(module(8), store);
        store.put(module.digest(), store.get(module(8).digest()));
        assertEquals(8, run(module, store));
    }

    @Test
    void anyChangedByteMakesAnEntryWorthless() throws Exception {
        CodeStore store = store();
        Map<String, byte[]> classes = Map.of("a.Main", new byte[] {1, 2, 3});
        store.put("m", classes);
        Path file = files().get(0);
        byte[] original = Files.readAllBytes(file);
        for (int i = 0; i < original.length; i++) {
            byte[] changed = original.clone();
            changed[i] ^= 1;
            Files.write(file, changed);
            assertEquals(Map.of(), store.get("m"), "byte " + i);
        }
        for (int length = 0; length < original.length; length++) {
            Files.write(file, Arrays.copyOf(original, length));
            assertEquals(Map.of(), store.get("m"), "length " + length);
        }
        Files.write(file, original);
        assertArrayEquals(classes.get("a.Main"), store.get("m").get("a.Main"));
    }

    @Test
    void anEntryOfAnotherModuleOrKeyIsWorthless() throws Exception {
        CodeStore store = store();
        store.put("one", Map.of("a.Main", new byte[] {1}));
        Path one = files().get(0);
        byte[] content = Files.readAllBytes(one);
        Files.delete(one);
        store.put("other", Map.of("a.Main", new byte[] {2}));
        Files.write(files().get(0), content);
        assertEquals(Map.of(), store.get("other"));
        assertEquals(Map.of(), new CodeStore(directory(), "another key, longer".getBytes()).get("one"));
        assertNotEquals(one, files().get(0));
    }

    @Test
    void aDamagedEntryIsCompiledAndReplaced() throws Exception {
        WasmModule module = module(9);
        run(module, store());
        Path file = files().get(0);
        Files.write(file, new byte[100]);
        assertEquals(9, run(module, store()));
        assertNotEquals(Map.of(), store().get(module.digest()));
        assertEquals(1, files().size());
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsIgnored() throws Exception {
        Files.write(directory(), new byte[0]); // a file
        assertEquals(3, run(module(3), store()));
    }
}
