// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.Network;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderSettingsTest {
    private static ProviderSettings of(Map<String, ?> values) {
        return ProviderSettings.of("sluice.nio.", values);
    }

    @Test
    void nothingSetIsTheDefault() {
        assertEquals(ProviderSettings.DEFAULT, of(Map.of()));
        assertSame(Network.unrestricted(), of(Map.of("network", " ")).network());
    }

    @Test
    void valuesMayBeTextOrTyped() {
        ProviderSettings expected = new ProviderSettings(
                false,
                OptionalInt.of(-5),
                OptionalLong.of(65_536),
                OptionalLong.of(1),
                Duration.ofSeconds(3),
                Network.unrestricted());
        assertEquals(
                expected,
                of(Map.of(
                        "enabled", false, "ranking", -5, "sendBuffer", 65_536L, "receiveBuffer", 1, "idleSeconds", 3)));
        assertEquals(
                expected,
                of(Map.of(
                        "enabled",
                        " false",
                        "ranking",
                        "-5",
                        "sendBuffer",
                        "65536 ",
                        "receiveBuffer",
                        "1",
                        "idleSeconds",
                        "3")));
    }

    @Test
    void rulesMayBeATextAnArrayOrAList() {
        for (Object rules : List.of(
                "bind 127.0.0.1:*, send 10.0.0.0/8:53",
                new String[] {"bind 127.0.0.1:*", " send  10.0.0.0/8:53 "},
                List.of("bind 127.0.0.1:*", "send 10.0.0.0/8:53"))) {
            Network network = of(Map.of("network", rules)).network();
            assertTrue(network.mayBind(new InetSocketAddress("127.0.0.1", 7)));
            assertFalse(network.mayBind(new InetSocketAddress("127.0.0.2", 7)));
            assertTrue(network.maySendTo(new InetSocketAddress("10.1.2.3", 53)));
            assertFalse(network.maySendTo(new InetSocketAddress("10.1.2.3", 54)));
            assertFalse(network.mayReceiveFrom(new InetSocketAddress("10.1.2.3", 53)));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "enabled | yes | sluice.nio.enabled is 'yes', which is not true or false",
                "ranking | high | sluice.nio.ranking is 'high', which is not a whole number from -2147483648 to 2147483647",
                "sendBuffer | 0 | sluice.nio.sendBuffer is '0', which is not a whole number from 1 to 2147483647",
                "receiveBuffer | 64k | sluice.nio.receiveBuffer is '64k', which is not a whole number from 1 to 2147483647",
                "idleSeconds | -1 | sluice.nio.idleSeconds is '-1', which is not a whole number from 0 to 2147483647",
                "network | listen *:1 | sluice.nio.network: 'listen *:1' is none of 'bind PATTERN', 'send PATTERN',"
                        + " 'receive PATTERN', as in 'send 10.0.0.0/8:*'",
                "network | send 10/8:* | sluice.nio.network: '10/8' is no IPv4 address; write all four of its numbers",
                "buffer | 1 | sluice.nio.buffer is no setting; there are enabled, ranking, sendBuffer, receiveBuffer,"
                        + " idleSeconds, network",
            })
    void whatIsWrongIsSaidOnce(String key, String value, String message) {
        ProviderSettings.InvalidSettingException wrong =
                assertThrows(ProviderSettings.InvalidSettingException.class, () -> of(Map.of(key, value)));
        assertEquals(key, wrong.key());
        assertEquals(message, wrong.getMessage());
    }
}
