// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** V1 on the module path: an application module that requires the API alone, launched and linked. */
class ModulePathIT {
    @TempDir
    static Path folder;

    private static String jar;

    @BeforeAll
    static void build() throws Exception {
        jar = ModuleBuild.jar(folder).toString();
    }

    /** The providers come into the module graph because the API uses their service, and for no other reason. */
    @Test
    void V2_bestOneIsFoundWithoutAnyOption() throws Exception {
        assertSends("epoll", Jars.everything());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "epoll"})
    void V2_namedOneIsTaken(String name) throws Exception {
        assertSends(name, Jars.everything(), "-Dsluice.provider=" + name);
    }

    @Test
    void V4_nioNeedsNothingElse() throws Exception {
        assertSends("nio", Jars.path(Jars.API, Jars.SPI, Jars.NIO));
    }

    @Test
    void V2_noneInstalledSaysWhatToDo() throws Exception {
        Outcome.java(arguments("9", Jars.API))
                .assertFailure("ProviderNotFoundException", "sluice-provider-nio", "module path");
    }

    @Test
    void V1_linkedImageHasBothProviders() throws Exception {
        String modulePath = Jars.path(jar, Jars.everything());
        Path image = ModuleBuild.image(folder, modulePath, List.of("dev.sluice.udp.nio", "dev.sluice.udp.epoll"));
        assertImageSends("epoll", image, List.of());
        assertImageSends("nio", image, List.of("-Dsluice.provider=nio"));
    }

    @Test
    void V4_linkedImageOfNioAlone() throws Exception {
        String modulePath = Jars.path(jar, Jars.API, Jars.SPI, Jars.NIO);
        Path image = ModuleBuild.image(folder, modulePath, List.of("dev.sluice.udp.nio"));
        assertImageSends("nio", image, List.of());
        String modules = Outcome.of(image.resolve("bin").resolve("java"), List.of("--list-modules"))
                .assertSuccess()
                .output();
        List<String> names =
                modules.lines().map(line -> line.split("@")[0]).sorted().toList();
        assertEquals(
                List.of(ModuleBuild.MODULE, "dev.sluice.udp", "dev.sluice.udp.nio", "dev.sluice.udp.spi", "java.base"),
                names);
    }

    /** Its module needs native access itself, and nothing else but the API and the SPI. */
    @EnabledForJreRange(min = JRE.JAVA_22)
    @Test
    void V1_ffmOnTheModulePathAndInAnImage() throws Exception {
        String ffm =
                Jars.path(Jars.API, Jars.SPI, Jars.jar("sluice-provider-ffm").toString());
        assertSends("ffm", ffm);
        Path image = ModuleBuild.image(folder, Jars.path(jar, ffm), List.of("dev.sluice.udp.ffm"));
        assertImageSends("ffm", image, List.of());
        assertSends("ffm", Jars.path(Jars.everything(), ffm));
    }

    private static void assertImageSends(String provider, Path image, List<String> options) throws Exception {
        try (Listener listener = new Listener()) {
            List<String> arguments = new ArrayList<>(nativeAccess(provider));
            arguments.addAll(options);
            arguments.addAll(application(listener.port()));
            Outcome outcome = Outcome.of(image.resolve("bin").resolve("java"), arguments);
            assertSent(outcome, provider, listener);
        }
    }

    private static void assertSends(String provider, String modulePath, String... options) throws Exception {
        try (Listener listener = new Listener()) {
            List<String> arguments = new ArrayList<>(nativeAccess(provider));
            arguments.addAll(List.of(options));
            arguments.addAll(arguments(listener.port(), modulePath));
            assertSent(Outcome.java(arguments), provider, listener);
        }
    }

    /** Only Netty's common module, or ffm's, needs native access; nio runs where no module has it. */
    private static List<String> nativeAccess(String provider) {
        return switch (provider) {
            case "epoll" -> Jars.nativeAccess("io.netty.common");
            case "ffm" -> Jars.nativeAccess("dev.sluice.udp.ffm");
            default -> List.of();
        };
    }

    private static void assertSent(Outcome outcome, String provider, Listener listener) throws Exception {
        outcome.assertSuccess();
        assertEquals("sent through " + provider + ": 2", outcome.output().strip());
        if (!provider.equals("nio")) {
            assertFalse(outcome.errors().contains("WARNING"), outcome::toString);
        }
        listener.assertReceives("one", "two");
    }

    private static List<String> arguments(String port, String modulePath) {
        List<String> arguments = new ArrayList<>();
        arguments.add("--module-path");
        arguments.add(Jars.path(jar, modulePath));
        arguments.addAll(application(port));
        return arguments;
    }

    private static List<String> application(String port) {
        return List.of("--module", ModuleBuild.MODULE, "127.0.0.1", port, "one", "two");
    }
}
