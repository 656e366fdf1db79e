// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import static dev.sluice.cli.CommandResult.sluice;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** Options of sockets, and groups, on the command line. What they do to packets netlab shows. */
class SocketOptionsCommandTest {

    @Test
    void aGroupHasAnInterfaceAndASource() throws Exception {
        GroupOnInterface whole = GroupOnInterface.parse("232.1.2.3@eth0/192.0.2.7");
        assertEquals(InetAddress.getByName("232.1.2.3"), whole.group());
        assertEquals("eth0", whole.on());
        assertEquals(InetAddress.getByName("192.0.2.7"), whole.source());
        GroupOnInterface group = GroupOnInterface.parse("ff15::1");
        assertEquals(InetAddress.getByName("ff15::1"), group.group());
        assertEquals(null, group.on());
        assertEquals(null, group.source());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "@eth0", "localhost", "192.0.2.1", "::1@lo", "239.1.2.3/x", "239.1.2.300"})
    void whatIsNoGroupIsRefusedInWords(String text) {
        String message = assertThrows(TypeConversionException.class, () -> GroupOnInterface.parse(text))
                .getMessage();
        assertTrue(message.contains("group"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "epoll"})
    void aGroupIsJoinedOnAnInterfaceThatThereIs(String provider) {
        CommandResult run = sluice(
                ("receive --bind 0.0.0.0:0 --join 239.255.77.9@lo --for 0.01 --provider " + provider).split(" "));
        assertEquals(0, run.status(), run.errors());
        assertTrue(run.errors().contains("\nreceived 0 datagrams, 0 bytes; "), run.errors());
        CommandResult missing =
                sluice(("receive --bind 0.0.0.0:0 --join 239.255.77.9@none --provider " + provider).split(" "));
        assertEquals(1, missing.status(), missing.errors());
        assertTrue(missing.errors().contains("there is no network interface 'none'; there are "), missing.errors());
    }

    @Test
    void whatAProviderCannotSetIsAnError() {
        CommandResult hops = sluice("send", "--to", "127.0.0.1:9", "--ttl", "9", "--provider", "nio");
        assertEquals(1, hops.status(), hops.errors());
        assertTrue(hops.errors().contains("--ttl can't be had over IPV4 with this provider"), hops.errors());
        CommandResult broadcast = sluice("send", "--to", "[::1]:9", "--broadcast");
        assertEquals(1, broadcast.status(), broadcast.errors());
        assertTrue(broadcast.errors().contains("--broadcast can't be had over IPV6"), broadcast.errors());
        assertEquals(
                0,
                sluice("send", "--to", "127.0.0.1:9", "--ttl", "9", "--tos", "8", "--provider", "epoll")
                        .status());
    }
}
