// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Debian's dnsmasq on the loopback addresses, with one name. */
record DnsServer(Process process, int port) implements AutoCloseable {

    /** Aborts the test if dnsmasq isn't there, and fails it where CI is set, since there it must be. */
    static DnsServer start(String name, String address) throws IOException {
        int port = FreePort.find();
        ProcessBuilder command = new ProcessBuilder(
                "dnsmasq",
                "--keep-in-foreground",
                "--log-facility=-",
                "--conf-file=/dev/null",
                "--pid-file=",
                "--no-resolv",
                "--no-hosts",
                "--bind-interfaces",
                "--listen-address=127.0.0.1,::1",
                "--port=" + port,
                "--address=/" + name + "/" + address);
        command.redirectErrorStream(true);
        command.environment().merge("PATH", ":/usr/sbin", String::concat);
        Process process;
        try {
            process = command.start();
        } catch (IOException e) {
            if ("true".equals(System.getenv("CI"))) {
                return fail("dnsmasq is missing; Debian's package is dnsmasq-base", e);
            }
            return abort("dnsmasq is missing; Debian's package is dnsmasq-base");
        }
        DnsServer server = new DnsServer(process, port);
        server.awaitStart();
        return server;
    }

    private void awaitStart() throws IOException {
        BufferedReader log = process.inputReader(StandardCharsets.UTF_8);
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            if (line.contains("started, version")) {
                return;
            }
        }
        fail("dnsmasq didn't start");
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
