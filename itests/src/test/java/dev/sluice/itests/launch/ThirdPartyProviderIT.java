// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.itests.quickstart.Sender;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/** What docs/writing-a-provider.md describes works outside of this build: a project of its own, against packaged jars. */
class ThirdPartyProviderIT {
    private static final Path EXAMPLE = Path.of("..", "examples", "provider");
    private static final Path WORK = Path.of("target", "third-party");
    private static final Path PROJECT = WORK.resolve("provider");
    private static final String SERVICE = "dev.sluice.udp.UdpSocketProvider";
    private static final Pattern SUITE = Pattern.compile(
            "<testsuite [^>]*tests=\"(\\d+)\" errors=\"(\\d+)\" skipped=\"(\\d+)\" failures=\"(\\d+)\"");

    @BeforeAll
    static void build() throws Exception {
        Folders.delete(WORK);
        Folders.copyProject(EXAMPLE, PROJECT);
        ThrowAwayRepository repository = ThrowAwayRepository.create(WORK);
        repository.add("api");
        repository.add("spi");
        repository.add("tck");
        repository.maven(PROJECT.resolve("pom.xml"), "verify").assertSuccess();
    }

    @Test
    void V5_theWholeKitRan() throws Exception {
        Path report = PROJECT.resolve(
                Path.of("target", "surefire-reports", "TEST-com.example.udp.memory.MemoryConformanceTest.xml"));
        MatchResult suite =
                SUITE.matcher(Files.readString(report)).results().findFirst().orElseThrow();
        assertTrue(Integer.parseInt(suite.group(1)) > 200, () -> suite.group(1) + " tests");
        assertEquals(List.of("0", "0", "0"), List.of(suite.group(2), suite.group(3), suite.group(4)));
    }

    @Test
    void V1_isFoundOnTheClassPath() throws Exception {
        assertSends("-cp", Jars.path(Jars.API, Jars.SPI, jar(), Jars.CONSUMER), Sender.class.getName());
    }

    @Test
    void V1_isFoundOnTheModulePath(@TempDir Path folder) throws Exception {
        String application = ModuleBuild.jar(folder).toString();
        assertSends("-p", Jars.path(Jars.API, Jars.SPI, jar(), application), "-m", ModuleBuild.MODULE);
    }

    @Test
    void V1_isAServiceWhileItsBundleIsActive(@TempDir Path cache) throws Exception {
        Framework framework =
                new FrameworkFactory().newFramework(Map.of(Constants.FRAMEWORK_STORAGE, cache.toString()));
        framework.start();
        try {
            BundleContext context = framework.getBundleContext();
            for (String jar : List.of(Jars.API, Jars.SPI)) {
                context.installBundle(Path.of(jar).toUri().toString()).start();
            }
            Bundle provider = context.installBundle(Path.of(jar()).toUri().toString());
            provider.start();
            String filter = "(sluice.provider=memory)";
            assertEquals(1, context.getAllServiceReferences(SERVICE, filter).length);
            provider.stop();
            assertNull(context.getAllServiceReferences(SERVICE, filter));
        } finally {
            framework.stop();
            framework.waitForStop(0);
        }
    }

    private static void assertSends(String... program) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-Dsluice.provider=memory"));
        arguments.addAll(List.of(program));
        arguments.addAll(List.of("127.0.0.1", "9", "a line"));
        Outcome outcome = Outcome.java(arguments).assertSuccess();
        assertEquals("sent through memory: 1", outcome.output().strip());
    }

    private static String jar() {
        return PROJECT.resolve(Path.of("target", "udp-memory-1.0.0.jar")).toString();
    }
}
