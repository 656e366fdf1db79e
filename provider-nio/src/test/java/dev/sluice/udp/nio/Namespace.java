// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A network namespace of the test's own. Needs root and iproute2. */
record Namespace(String name) implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();

    static Namespace create() throws IOException {
        String name = "sluice-nio-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
        // A run that was killed may have left one of the name: process numbers come again.
        String script = "ip netns del " + name + " 2>/dev/null; exec ip netns add " + name + " 2>/dev/null";
        boolean made = run(List.of("sh", "-c", script)) == 0;
        assertTrue(made || !ErrorsTest.isCi(), "no network namespace could be made");
        assumeTrue(made, "needs root and iproute2: network namespaces");
        return new Namespace(name);
    }

    void shell(String script) throws IOException {
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", name, "sh", "-ec", script));
        assertEquals(0, run(command), script);
    }

    private static int run(List<String> command) throws IOException {
        return new ProcessBuilder(command).inheritIO().start().onExit().join().exitValue();
    }

    @Override
    public void close() throws IOException {
        assertEquals(0, run(List.of("ip", "netns", "del", name)));
    }
}
