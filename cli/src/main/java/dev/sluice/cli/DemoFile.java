// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.udp.IpAddressFamily;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The file that the demo sends, and that it compares with what arrives: it is read again for each of these.
 *
 * @param path where it is
 * @param datagrams how many lines it has
 * @param bytes how many bytes they have, without their newlines
 */
record DemoFile(Path path, long datagrams, long bytes) {

    static DemoFile of(String name) throws Failure, IOException {
        Path path;
        try {
            path = Path.of(name);
        } catch (InvalidPathException e) {
            throw new Failure("cannot read '" + name + "': " + e.getReason());
        }
        if (!Files.isRegularFile(path)) {
            throw new Failure("cannot read '" + name + "': "
                    + (Files.exists(path)
                            ? "it is no regular file, and the demo reads it twice"
                            : "there is no such file"));
        }
        long datagrams = 0;
        long bytes = 0;
        try (InputStream in = open(path)) {
            Framer lines = new LineFramer(in);
            for (ByteBuffer line = lines.take(); line != null; line = lines.take()) {
                datagrams++;
                bytes += line.remaining();
                if (line.remaining() > IpAddressFamily.IPV4.maxDatagramSize()) {
                    throw new Failure("line " + datagrams + " of '" + name + "' is longer than a datagram can be ("
                            + IpAddressFamily.IPV4.maxDatagramSize() + " bytes)");
                }
            }
        }
        return new DemoFile(path, datagrams, bytes);
    }

    InputStream open() throws Failure {
        return open(path);
    }

    private static InputStream open(Path path) throws Failure {
        try {
            return new FileInputStream(path.toFile());
        } catch (FileNotFoundException e) {
            throw new Failure("cannot read " + e.getMessage());
        }
    }
}
