// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.udp.IpAddressFamily;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is sent, and how often. */
final class PayloadOptions {
    @Option(
            names = "--text",
            paramLabel = "TEXT",
            description = "Send this text as a datagram, in UTF-8, instead of a file; several are possible.")
    private List<String> texts = List.of();

    @Option(
            names = "--bytes",
            paramLabel = "HEX",
            description = "Send these bytes as a datagram, as in 00ff2a or 00:ff:2a; several are possible.")
    private List<String> bytes = List.of();

    @Option(
            names = "--datagram",
            paramLabel = "lines|SIZE",
            defaultValue = "lines",
            description = "What becomes a datagram: a line (the default), or so many bytes.")
    private Framing framing;

    @Option(names = "--repeat", paramLabel = "N", description = "Send it all N times.")
    private Long times;

    @Option(
            names = "--for",
            paramLabel = "SECONDS",
            description = "Send it again and again for so many seconds; 0.5 is possible.")
    private Seconds seconds;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "What to send; '-' (the default) is standard input.")
    private String file;

    /** What is wrong with them, or null. */
    String problem() {
        if (times != null && times <= 0) {
            return "Invalid value for option '--repeat': " + times + " is not above 0";
        }
        if (Seconds.problem("--for", seconds) != null) {
            return Seconds.problem("--for", seconds);
        }
        if (!texts.isEmpty() && !bytes.isEmpty()) {
            return "--text and --bytes exclude each other: their order would be lost";
        }
        if (hasLiterals() && file != null) {
            return "--text and --bytes take the place of a file: remove '" + file + "' or the option";
        }
        for (String hex : bytes) {
            if (!hex.replace(":", "").matches("([0-9A-Fa-f]{2})*")) {
                return "Invalid value for option '--bytes': '" + hex + "' is not pairs of hexadecimal digits";
            }
        }
        return isStandardInput() && isRepeated()
                ? "standard input can't be sent again: --repeat and --for need a FILE, --text or --bytes"
                : null;
    }

    /** What is wrong with the size of a datagram over a family, or null. */
    String problem(IpAddressFamily family) {
        int most = family.maxDatagramSize();
        return framing.size() <= most
                ? null
                : "Invalid value for option '--datagram': over " + HostPort.name(family) + " it is at most " + most;
    }

    boolean isStandardInput() {
        return !hasLiterals() && (file == null || file.equals("-"));
    }

    private boolean hasLiterals() {
        return !texts.isEmpty() || !bytes.isEmpty();
    }

    private boolean isRepeated() {
        return times != null || seconds != null;
    }

    /** For how many nanoseconds it is sent. */
    long nanos() {
        return seconds == null ? Long.MAX_VALUE : seconds.nanos();
    }

    /** Opens it. */
    Source open(Stdio io) throws IOException {
        if (isStandardInput()) {
            return framing.of(io.in());
        }
        long most = times != null ? times : seconds != null ? Long.MAX_VALUE : 1;
        return new Repeated(hasLiterals() ? () -> new Literals(literals()) : () -> framing.of(openFile()), most);
    }

    private List<byte[]> literals() {
        List<byte[]> payloads = new ArrayList<>();
        texts.forEach(text -> payloads.add(text.getBytes(StandardCharsets.UTF_8)));
        bytes.forEach(hex -> payloads.add(HexFormat.of().parseHex(hex.replace(":", ""))));
        return payloads;
    }

    private InputStream openFile() throws IOException {
        try {
            return new FileInputStream(file);
        } catch (FileNotFoundException e) {
            throw new IOException("cannot read " + e.getMessage(), e);
        }
    }
}
