// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import static dev.sluice.cli.CommandResult.sluice;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of options that can't be: one line that says what to do. */
class OptionValuesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "send --to 127.0.0.1:9 --bytes 0 | '0' is not pairs of hexadecimal digits",
                "send --to 127.0.0.1:9 --bytes zz | 'zz' is not pairs of hexadecimal digits",
                "send --to 127.0.0.1:9 --text a --bytes 00 | --text and --bytes exclude each other",
                "send --to 127.0.0.1:9 --text a file | --text and --bytes take the place of a file: remove 'file'",
                "send --to 127.0.0.1:9 --repeat 2 | standard input can't be sent again",
                "send --to 127.0.0.1:9 --for 2 - | standard input can't be sent again",
                "send --to 127.0.0.1:9 --text a --repeat 0 | 0 is not above 0",
                "send --to 127.0.0.1:9 --text a --for NaN | 'NaN' is no time",
                "send --to 127.0.0.1:9 --text a --interval 0 | '--interval': it has to be above 0",
                "send --to 127.0.0.1:9 --text a --interval Infinity | 'Infinity' is no time",
                "send --to 127.0.0.1:9 --text a --wait soon | 'soon' is no time: write seconds",
                "send --to 127.0.0.1:9 --text a --interval 1 --rate 1 | --rate and --interval exclude each other",
                "send --to 127.0.0.1:9 --text a --wait -1 | '-1' is no time",
                "send --to 127.0.0.1:9 --text a -4 -6 | mutually exclusive",
                "send --to 127.0.0.1:9 --text a --send-buffer 0 | '0' is no size",
                "send --to 127.0.0.1:9 --text a --receive-buffer 3G | '3G' is no size",
                "receive --bind 127.0.0.1:0 --raw --hex | --raw and --hex exclude each other",
                "send --to 127.0.0.1:9 --ttl 0 | '--ttl': 0 is not within 1 to 255",
                "send --to 127.0.0.1:9 --ttl 256 | '--ttl': 256 is not within 1 to 255",
                "send --to 127.0.0.1:9 --tos -1 | '--tos': -1 is not within 0 to 255",
                "send --to 127.0.0.1:9 --tos 256 | '--tos': 256 is not within 0 to 255",
                "receive --bind 0.0.0.0:0 --join 192.0.2.1 | is not a multicast group",
                "measure | --bind",
                "measure --bind 127.0.0.1:0 --to 127.0.0.1:9 | mutually exclusive",
                "measure --to 127.0.0.1:9 --rate -1 | -1.0 is below 0",
                "measure --to 127.0.0.1:9 --size 31 | 31 is below 32",
                "measure --to 127.0.0.1:9 --size 65508 | 65508 is above 65507",
                "measure --to 127.0.0.1:9 --for 0 | '--for': it has to be above 0",
                "measure --to 127.0.0.1:9 --interval 0 | '--interval': it has to be above 0",
                "measure --to 127.0.0.1:0 | there is no port 0 to send to",
            })
    void wrongUsageSaysWhatToDo(String line, String complaint) {
        CommandResult run = sluice(line.split(" "));
        assertEquals(2, run.status(), run.errors());
        assertEquals(1, run.errors().lines().count(), run.errors());
        assertTrue(run.errors().contains(complaint), run.errors());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "send --to 127.0.0.1:9 -6 --text a | '127.0.0.1' has no IPv6 address",
                "send --to [::1]:9 -4 --text a | '::1' has no IPv4 address",
                "send --to [::1]:9 --from 127.0.0.1:0 --text a | '127.0.0.1' has no IPv6 address",
                "receive --bind [::1]:0 -4 | '::1' has no IPv4 address",
                "receive --bind *:0 --provider nio | through nio a socket on [::] takes the port of both families",
                "receive --bind 0.0.0.0:0 --join ff15::1 | none of --bind is an IPv6 address",
            })
    void anAddressOfTheOtherFamilyIsOneLine(String line, String complaint) {
        CommandResult run = sluice(line.split(" "));
        assertEquals(1, run.status(), run.errors());
        assertTrue(run.errors().contains(complaint), run.errors());
    }
}
