// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.netlab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.endive.WasiCommand;
import dev.sluice.endive.WasiHost;
import dev.sluice.udp.Network;
import dev.sluice.udp.UdpSockets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A full send buffer as a Wasm guest sees it. The guest prints a line for each rule that held. */
class FullBufferGuestTest {
    private static final int PORT = 7008;
    private static final int DATAGRAMS = 600;
    private static final Path GUEST = Path.of("../endive/src/test/guests/conformance/full-buffer.wasm");

    static Stream<Arguments> guests() {
        return Settings.all().map(Arguments::get).flatMap(setting -> Stream.of("compiled", "interpreted")
                .map(engine -> Arguments.of(setting[0], setting[1], engine)));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("guests")
    void C4_aGuestWaitsUntilTheKernelOpensTheGate(String provider, Family family, String engine) throws Exception {
        WasiCommand compiled = WasiCommand.load(GUEST);
        WasiCommand command = engine.equals("interpreted") ? compiled.interpreted() : compiled;
        Lines output = new Lines();
        try (Lab lab = Lab.open(family)) {
            lab.peer.open(PORT);
            SlowLink.NEARLY_STOPPED.begin(); // so that the gate stays closed for as long as the test takes
            WasiHost host = WasiHost.builder(UdpSockets.provider(provider))
                    .network(Network.unrestricted())
                    .arguments(arguments(lab))
                    .stdout(output)
                    .build();
            FutureTask<Integer> running = new FutureTask<>(() -> {
                try (output) {
                    return command.run(host);
                }
            });
            Thread guest = new Thread(running, "guest");
            guest.setDaemon(true);
            guest.start();
            try {
                assertEquals("C4 ok", output.next());
                assertEquals("C2 while closed ok", output.next());
                assertEquals("waiting", output.next());
                assertTrue(ProcessorTime.isLeftAlone(), "P3: waiting doesn't spin");
                assertTrue(output.isEmpty(), "it still waits");

                SlowLink.SLOW.changeTo();
                assertEquals("C2 once opened ok", output.next());
                assertEquals("S1 ok", output.next());
                assertEquals(Lines.END, output.next());
                assertEquals(0, running.get(1, TimeUnit.MINUTES));
            } finally {
                guest.interrupt();
                guest.join(TimeUnit.MINUTES.toMillis(1));
            }
            assertEquals(0, SlowLink.dropped(), "the queue holds more than the send buffer");
            Arrived expected = Payloads.expected(Payloads.list(DATAGRAMS, 1000, 0, null));
            assertEquals(expected.inAnyOrder(), lab.peer.await(PORT, DATAGRAMS).inAnyOrder(), "exactly once");
        }
    }

    private static List<String> arguments(Lab lab) {
        String family = lab.family.name().toLowerCase(Locale.ROOT);
        String peer = lab.peer(PORT).getAddress().getHostAddress();
        return List.of("family=" + family, "peer=" + peer, "port=" + PORT, "datagrams=" + DATAGRAMS);
    }
}
