// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.Network;
import dev.sluice.udp.UdpSockets;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The README's quick start, and that the README shows just this. */
class QuickStartTest {
    // README: begin
    static int run(Path file) throws Exception {
        WasiCommand program = WasiCommand.load(file); // a core module or a component
        WasiHost host = WasiHost.builder(UdpSockets.provider())
                .network(new LoopbackOnly())
                .limits(Limits.standard().withTime(Duration.ofMinutes(1)))
                .arguments(List.of("talk", "count=3"))
                .stdout(System.out)
                .build();
        try {
            return program.run(host); // on this thread; closes the host
        } catch (GuestTrapException e) {
            System.err.println(e.getMessage());
            return 134;
        }
    }

    /** The addresses that this guest may use. */
    record LoopbackOnly() implements Network {
        @Override
        public boolean mayBind(InetSocketAddress local) {
            return local.getAddress().isLoopbackAddress();
        }

        @Override
        public boolean maySendTo(InetSocketAddress remote) {
            return remote.getAddress().isLoopbackAddress();
        }

        @Override
        public boolean mayReceiveFrom(InetSocketAddress remote) {
            return remote.getAddress().isLoopbackAddress();
        }
    }
    // README: end

    @Test
    void runsAGuest() throws Exception {
        assertEquals(0, run(Path.of(getClass().getResource("note-to-self.wasm").toURI())));
    }

    @Test
    void isWhatTheReadmeShows() throws Exception {
        String source = Files.readString(Path.of("src/test/java/dev/sluice/endive/QuickStartTest.java"));
        int begin = source.indexOf("// README: begin\n") + "// README: begin\n".length();
        String shown = source.substring(begin, source.indexOf("    // README: end\n"))
                .stripTrailing()
                .stripIndent();
        assertTrue(Files.readString(Path.of("README.md")).contains("```java\n" + shown + "\n```"));
    }
}
