// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.fake.FakeProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** V1 and V2: which provider is found, which is chosen, and what is said when none can be. */
class DiscoveryTest {
    private static final String LOW = FakeProvider.Low.class.getName();
    private static final String HIGH = FakeProvider.High.class.getName();
    private static final String HIGHER = FakeProvider.Higher.class.getName();
    private static final String UNAVAILABLE = FakeProvider.Unavailable.class.getName();
    private static final Set<String> HIDDEN = Set.of(FakeProvider.Library.class.getName());

    @TempDir
    Path folder;

    @TempDir
    Path otherFolder;

    @BeforeEach
    @AfterEach
    void nobodyNamed() {
        System.clearProperty(UdpSocketProvider.NAME_PROPERTY);
    }

    @Test
    void V2_highestPriorityWins() throws Exception {
        try (Installation here = new Installation(folder, LOW, HIGH)) {
            assertEquals("high", Installation.nameOf(here.provider()));
            assertEquals(List.of("high", "low"), here.providers());
            assertEquals(List.of(), here.unavailable());
        }
    }

    @Test
    void V2_ofEqualPriorityTheFirstByNameWins() throws Exception {
        try (Installation here = new Installation(folder, HIGHER, LOW, HIGH)) {
            assertEquals(List.of("high", "higher", "low"), here.providers());
        }
    }

    @Test
    void V2_systemPropertyWinsOverPriority() throws Exception {
        try (Installation here = new Installation(folder, LOW, HIGH)) {
            System.setProperty(UdpSocketProvider.NAME_PROPERTY, " low ");
            assertEquals("low", Installation.nameOf(here.provider()));
            System.setProperty(UdpSocketProvider.NAME_PROPERTY, "  ");
            assertEquals("high", Installation.nameOf(here.provider()), "a blank property names nobody");
        }
    }

    @Test
    void V2_namedAndMissingIsAnErrorThatSaysWhatThereIs() throws Exception {
        try (Installation here = new Installation(folder, LOW, HIGH, UNAVAILABLE)) {
            System.setProperty(UdpSocketProvider.NAME_PROPERTY, "fast");
            assertSays(here::provider, "\"fast\"", "high, low", "absent is unavailable", "wrong colour");
            assertSays(() -> here.provider("slow"), "\"slow\"", "high, low");
        }
    }

    @Test
    void V2_namedAndUnavailableIsAnErrorThatSaysWhy() throws Exception {
        try (Installation here = new Installation(folder, LOW, UNAVAILABLE)) {
            System.setProperty(UdpSocketProvider.NAME_PROPERTY, "absent");
            assertSays(here::provider, "\"absent\"", "unavailable", "wrong colour");
            assertSays(() -> here.provider("absent"), "\"absent\"", "unavailable", "wrong colour");
        }
    }

    @Test
    void V2_unnamedAndUnavailableIsPassedOverWithItsReason() throws Exception {
        try (Installation here = new Installation(folder, UNAVAILABLE, LOW)) {
            assertEquals("low", Installation.nameOf(here.provider()));
            assertEquals(List.of("low"), here.providers());
            assertEquals(1, here.unavailable().size());
            assertTrue(here.unavailable().get(0).contains("absent"), here.unavailable()::toString);
            assertTrue(here.unavailable().get(0).contains("wrong colour"), here.unavailable()::toString);
        }
    }

    @Test
    void V2_onlyUnavailableOnesIsAnErrorThatSaysWhy() throws Exception {
        try (Installation here = new Installation(folder, UNAVAILABLE)) {
            assertSays(here::provider, "No provider", "absent is unavailable", "wrong colour");
        }
    }

    @Test
    void V2_noneInstalledIsAnErrorThatSaysWhatToAdd() throws Exception {
        try (Installation here = new Installation(folder)) {
            assertSays(here::provider, "No provider", "sluice-provider-nio", "sluice-provider-epoll");
            assertSays(() -> here.provider("nio"), "\"nio\"", "sluice-provider-nio");
            assertEquals(List.of(), here.providers());
            assertEquals(List.of(), here.unavailable());
        }
    }

    @Test
    void V2_failingConstructorIsPassedOver() throws Exception {
        assertPassedOver(FakeProvider.FailsInConstructor.class.getName(), "no luck in the constructor");
    }

    @Test
    void V2_failingStaticInitializerIsPassedOver() throws Exception {
        assertPassedOver(FakeProvider.FailsInStaticInitializer.class.getName(), "not a number");
    }

    @Test
    void V2_missingLibraryIsPassedOver() throws Exception {
        assertPassedOver(FakeProvider.NeedsLibrary.class.getName(), "FakeProvider$Library");
    }

    /** Here the class itself can't be loaded, which ServiceLoader's iterator answers with a bare LinkageError. */
    @Test
    void V2_missingSuperclassIsPassedOver() throws Exception {
        try (Installation here = new Installation(folder, HIDDEN, FakeProvider.ExtendsLibrary.class.getName(), LOW)) {
            assertEquals(List.of("low"), here.providers());
            assertEquals(1, here.unavailable().size());
            assertTrue(here.unavailable().get(0).contains("FakeProvider$Library"), here.unavailable()::toString);
        }
    }

    @Test
    void V2_failureToSayWhetherItIsAvailableIsPassedOver() throws Exception {
        assertPassedOver(FakeProvider.FailsWhenAsked.class.getName(), "no such native library");
    }

    @Test
    void V2_failureToSayItsPriorityIsPassedOver() throws Exception {
        assertPassedOver(FakeProvider.FailsAtPriority.class.getName(), "no idea how good I am");
    }

    @Test
    void V2_namelessIsPassedOver() throws Exception {
        assertPassedOver(FakeProvider.Nameless.class.getName(), "name");
    }

    @Test
    void V2_missingClassIsPassedOver() throws Exception {
        assertPassedOver("dev.sluice.udp.fake.Nowhere", "not found");
    }

    @Test
    void V2_classThatIsNoProviderIsPassedOver() throws Exception {
        assertPassedOver(FakeProvider.NoProvider.class.getName(), "not a subtype");
    }

    @Test
    void V2_classWithoutPublicConstructorIsPassedOver() throws Exception {
        assertPassedOver(FakeProvider.WithoutPublicConstructor.class.getName(), "");
    }

    @Test
    void V2_brokenServicesFileIsPassedOver() throws Exception {
        try (Installation here = new Installation(folder, "this is no class name")) {
            assertEquals(1, here.unavailable().size());
            Files.writeString(folder.resolve(Installation.SERVICES), LOW);
            assertEquals(List.of(), here.providers(), "remembered: something was found");
            assertSays(here::provider, "No provider", "Illegal");
        }
        try (Installation here = new Installation(folder, "this is no class name")) {
            assertEquals(List.of("low"), here.in(here.plugin(otherFolder, LOW)).providers());
            assertEquals(1, here.unavailable().size());
        }
    }

    @Test
    void V1_contextClassLoaderIsAskedFirst() throws Exception {
        try (Installation here = new Installation(folder)) {
            assertEquals(
                    List.of("high"), here.in(here.plugin(otherFolder, HIGH)).providers());
        }
    }

    @Test
    void V1_ownClassLoaderIsAskedWhenTheContextKnowsNone() throws Exception {
        try (Installation here = new Installation(folder, LOW)) {
            assertEquals(
                    List.of("low"),
                    here.in(ClassLoader.getPlatformClassLoader()).providers());
        }
        try (Installation here = new Installation(folder, LOW)) {
            assertEquals(List.of("low"), here.in(null).providers());
        }
    }

    @Test
    void V1_theProviderIsSharedByTheWholeApplication() throws Exception {
        try (Installation here = new Installation(folder, LOW)) {
            Object provider = here.provider();
            assertSame(provider, here.provider());
            assertSame(provider, here.provider("low"));
            assertSame(provider, here.in(null).provider());
            assertSame(provider, here.in(ClassLoader.getPlatformClassLoader()).provider());
        }
    }

    @Test
    void V1_havingFoundNothingIsNotRemembered() throws Exception {
        try (Installation here = new Installation(folder)) {
            assertEquals(List.of(), here.providers());
            assertEquals(List.of("low"), here.in(here.plugin(otherFolder, LOW)).providers());
        }
    }

    private void assertPassedOver(String broken, String reason) throws Exception {
        try (Installation here = new Installation(folder, HIDDEN, LOW, broken, HIGH)) {
            assertEquals("high", Installation.nameOf(here.provider()));
            assertEquals(List.of("high", "low"), here.providers());
            assertEquals(1, here.unavailable().size());
            String entry = here.unavailable().get(0);
            assertTrue(entry.contains("name=" + broken + ","), entry);
            assertTrue(entry.contains(reason), entry);
        }
    }

    private static void assertSays(Runnable choice, String... parts) {
        String message =
                assertThrows(ProviderNotFoundException.class, choice::run).getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), () -> "<" + message + "> does not mention <" + part + ">");
        }
    }
}
