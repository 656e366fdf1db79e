// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.udp.UdpSocketProvider;
import dev.sluice.udp.UdpSockets;
import dev.sluice.udp.UnavailableProvider;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Parameters;

/** Shows that it works: real data over loopback, through every provider, compared byte for byte. */
@Command(
        name = "demo",
        description = "Sends a file's lines over loopback, through each available provider in turn, and compares what"
                + " arrives with what was sent, byte for byte.",
        footerHeading = "%n",
        footer = {
            "An embedded receiver takes what arrives. The sender has no more in flight"
                    + " than the receiver's buffer holds, so nothing is lost. An empty line is an"
                    + " empty datagram.",
            "",
            "Exit status: 0 if every byte arrived through every provider, 1 otherwise, 2 for" + " wrong usage."
        })
final class DemoCommand implements Callable<Integer> {
    /** Set by the launcher: the repository's own file. */
    private static final String DEFAULT_FILE = "sluice.cli.demo";

    private final Stdio io;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = "${sys:" + DEFAULT_FILE + ":-cli/data/timezones.txt}",
            showDefaultValue = Visibility.NEVER,
            description = "The file to send; the time zone database (cli/data/timezones.txt) if none is named.")
    private String name;

    DemoCommand(Stdio io) {
        this.io = io;
    }

    @Override
    public Integer call() throws Failure, IOException, InterruptedException {
        DemoFile file = DemoFile.of(name);
        List<UdpSocketProvider> providers = UdpSockets.providers();
        if (providers.isEmpty()) {
            UdpSockets.provider(); // says why
        }
        io.err()
                .println(String.format(
                        Locale.ROOT,
                        "%s: %,d lines, %,d bytes without their newlines",
                        file.path(),
                        file.datagrams(),
                        file.bytes()));
        Table table = new Table("PROVIDER", "SENT", "BYTES", "ARRIVED", "BYTES", "IDENTICAL", "RATE", "ERRORS");
        boolean allIdentical = true;
        for (UdpSocketProvider provider : providers) {
            DemoRun.Result result = new DemoRun(io, file, provider).run();
            allIdentical &= result.identical();
            table.row(
                    provider.name(),
                    number(result.sent()),
                    number(result.bytesSent()),
                    number(result.arrived()),
                    number(result.bytesArrived()),
                    result.identical() ? "yes" : "NO",
                    number((long) (result.sent() / result.seconds())) + "/s",
                    result.errors());
        }
        table.print(io.out());
        for (UnavailableProvider provider : UdpSockets.unavailable()) {
            io.err().println(provider.name() + " is not available: " + provider.reason());
        }
        if (!allIdentical) {
            io.complain("not every byte arrived");
        }
        return allIdentical ? 0 : 1;
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
