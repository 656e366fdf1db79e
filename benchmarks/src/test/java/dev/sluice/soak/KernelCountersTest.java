// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kernel's tables, as Linux 6.18 writes them. */
class KernelCountersTest {
    @TempDir
    Path net;

    @BeforeEach
    void write() throws Exception {
        Files.writeString(
                net.resolve("snmp"),
                """
                Tcp: InSegs OutSegs
                Tcp: 1 2
                Udp: InDatagrams NoPorts InErrors OutDatagrams
                Udp: 10 11 12 13
                UdpLite: InDatagrams NoPorts InErrors OutDatagrams
                UdpLite: 0 0 0 0
                """);
        Files.writeString(net.resolve("snmp6"), "Ip6InReceives \t5\nUdp6InDatagrams      \t14\nUdp6NoPorts  \t15\n");
        Files.writeString(
                net.resolve("udp"),
                """
                   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
                  570: 02014D0A:2710 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 690402 2 0c1563ff 7
                  575: 02014D0A:2715 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 690403 2 c1a640d7 96
                  575: 02014D0A:2715 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 690403 2 c1a640d7 96
                """);
        Files.writeString(
                net.resolve("dev"),
                """
                Inter-|   Receive                                                |  Transmit
                 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
                 here1: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16
                """);
    }

    @Test
    void theCountersOfAFamily() {
        assertEquals(13, KernelCounters.udp(net, Family.IPV4).get("OutDatagrams"));
        assertEquals(15, KernelCounters.udp(net, Family.IPV6).get("NoPorts"));
    }

    @Test
    void aSocketThatStandsThereTwiceIsCountedOnce() {
        assertEquals(7, KernelCounters.drops(net, Family.IPV4, 0x2710));
        assertEquals(96, KernelCounters.drops(net, Family.IPV4, 0x2715));
        assertEquals(0, KernelCounters.drops(net, Family.IPV4, 80));
    }

    @Test
    void whatALinkHadNoRoomFor() {
        assertEquals(12, KernelCounters.linkDrops(net, "here1"));
    }
}
