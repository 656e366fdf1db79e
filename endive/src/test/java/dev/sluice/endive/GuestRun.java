// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive;

import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.Network;
import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.UdpSockets;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** One run of a guest of src/test/guests: on a provider, a family, and one of the two engines. */
record GuestRun(String provider, IpAddressFamily family, boolean interpreted) {
    private static final Map<String, WasiCommand> COMMANDS = new ConcurrentHashMap<>();

    /** How a run ended: with a status, or with a trap. */
    record Outcome(int status, GuestTrapException trap, String output) {}

    /** Each provider, on each family, in each engine. */
    static Stream<GuestRun> all() {
        return Stream.of("nio", "epoll")
                .flatMap(provider -> Stream.of(IpAddressFamily.values()).flatMap(family -> Stream.of(false, true)
                        .map(interpreted -> new GuestRun(provider, family, interpreted))));
    }

    /** Each provider, on IPv4, compiled, and one of them interpreted: for what doesn't depend on more. */
    static Stream<GuestRun> few() {
        return all().filter(run -> run.family == IpAddressFamily.IPV4)
                .filter(run -> !run.interpreted || run.provider.equals("nio"));
    }

    static Stream<Arguments> with(Stream<GuestRun> runs, List<String> names) {
        return runs.flatMap(run -> names.stream().map(name -> Arguments.of(name, run)));
    }

    UdpSocketProvider udp() {
        return UdpSockets.provider(provider);
    }

    /** To be run on a thread that may be interrupted; the output can be read meanwhile. */
    Callable<Outcome> prepare(
            String guest, Network network, Limits limits, ByteArrayOutputStream out, String... arguments) {
        WasiCommand compiled = COMMANDS.computeIfAbsent(guest, GuestRun::load);
        WasiCommand command = interpreted ? compiled.interpreted() : compiled;
        List<String> all =
                new ArrayList<>(List.of(guest, "family=" + family.name().toLowerCase(Locale.ROOT)));
        all.addAll(List.of(arguments));
        WasiHost host = host(network, limits, out).arguments(all).build();
        return () -> {
            try {
                return new Outcome(command.run(host), null, out.toString(StandardCharsets.UTF_8));
            } catch (GuestTrapException trap) {
                return new Outcome(-1, trap, out.toString(StandardCharsets.UTF_8));
            }
        };
    }

    private WasiHost.Builder host(Network network, Limits limits, ByteArrayOutputStream out) {
        return WasiHost.builder(udp())
                .network(network)
                .limits(limits)
                .stdin(new ByteArrayInputStream(new byte[0]))
                .stdout(out)
                .stderr(out);
    }

    Outcome run(String guest, Network network, Limits limits, String... arguments) throws Exception {
        return prepare(guest, network, limits, new ByteArrayOutputStream(), arguments)
                .call();
    }

    /** With time enough for a slow machine, and an end. */
    static Limits patient() {
        return Limits.standard().withTime(Duration.ofMinutes(2));
    }

    static Path file(String guest) {
        return Path.of("src/test/guests", guest + ".wasm");
    }

    private static WasiCommand load(String guest) {
        try {
            return WasiCommand.load(file(guest));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return provider + ", " + family + (interpreted ? ", interpreted" : ", compiled");
    }
}
