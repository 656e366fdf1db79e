// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.resolver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;

/** V1 for resolvers: a consumer with a {@code @Reference} brings along a provider, and that one all it needs. */
class ResolverIT {
    private static final String CONSUMER = "bnd.identity;id=dev.sluice.itests";
    private static final String NIO = "sluice-provider-nio";
    private static final String EPOLL = "sluice-provider-epoll";
    private static final String FFM = "sluice-provider-ffm";

    @TempDir
    Path folder;

    private RunDescriptor application;

    @BeforeEach
    void describe() {
        application = new RunDescriptor(folder, 17);
    }

    @Test
    void V1_consumerAloneBringsNio() throws Exception {
        Set<String> bundles = application.resolve(CONSUMER, EPOLL, FFM);
        assertTrue(bundles.containsAll(Set.of("dev.sluice.itests", "org.apache.felix.scr")), bundles::toString);
        assertEquals(Set.of("dev.sluice.udp", "dev.sluice.udp.nio", "dev.sluice.udp.spi"), sluice(bundles));
        assertFalse(bundles.stream().anyMatch(name -> name.startsWith("io.netty")), bundles::toString);
    }

    /** And a resolved set runs on either of the machines that epoll is for. */
    @Test
    void V1_consumerAloneBringsEpollWithItsNativeFragments() throws Exception {
        assertIsEpoll(application.resolve(CONSUMER, NIO, FFM));
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_22)
    void V1_consumerAloneBringsFfm() throws Exception {
        Set<String> bundles = new RunDescriptor(folder, 22).resolve(CONSUMER, NIO, EPOLL);
        assertEquals(Set.of("dev.sluice.udp", "dev.sluice.udp.ffm", "dev.sluice.udp.spi"), sluice(bundles));
    }

    @Test
    void V1_filterByCapabilityChoosesTheProvider() throws Exception {
        String segmenting = "osgi.service;filter:='(&(objectClass=dev.sluice.udp.UdpSocketProvider)"
                + "(sluice.capability=SEGMENTATION_OFFLOAD)(sluice.family=IPV6))';effective:=active";
        assertIsEpoll(application.resolve(CONSUMER + "," + segmenting, FFM));
    }

    @Test
    void V1_withoutAnyProviderTheConsumerIsRefused() {
        AssertionFailedError refused =
                assertThrows(AssertionFailedError.class, () -> application.resolve(CONSUMER, NIO, EPOLL, FFM));
        assertTrue(refused.getMessage().contains("dev.sluice.udp.UdpSocketProvider"), refused.getMessage());
    }

    private static void assertIsEpoll(Set<String> bundles) {
        assertTrue(sluice(bundles).contains("dev.sluice.udp.epoll"), bundles::toString);
        assertTrue(
                bundles.containsAll(Set.of(
                        "io.netty.transport-classes-epoll",
                        "io.netty.transport-native-epoll.linux-x86_64",
                        "io.netty.transport-native-epoll.linux-aarch_64")),
                bundles::toString);
    }

    /** Of what runs, the project's own, without the consumer. */
    private static Set<String> sluice(Set<String> bundles) {
        return bundles.stream()
                .filter(name -> name.startsWith("dev.sluice.udp"))
                .collect(Collectors.toSet());
    }
}
