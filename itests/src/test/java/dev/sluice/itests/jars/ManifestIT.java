// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.jars;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.itests.launch.Jars;
import dev.sluice.udp.spi.ProviderSettings;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** V1: what the packaged jars say of themselves, to OSGi and to the module system. */
class ManifestIT {
    private static final String SERVICES = "META-INF/services/dev.sluice.udp.UdpSocketProvider";

    @ParameterizedTest
    @CsvSource({
        "sluice-api, dev.sluice.udp",
        "sluice-spi, dev.sluice.udp.spi",
        "sluice-provider-nio, dev.sluice.udp.nio",
        "sluice-provider-epoll, dev.sluice.udp.epoll"
    })
    void bundleAndModuleHaveTheNameOfThePackage(String jar, String name) throws IOException {
        assertEquals(name, manifest(jar).getValue("Bundle-SymbolicName"));
        ModuleDescriptor module = module(jar);
        assertEquals(name, module.name());
        assertFalse(module.isOpen());
        assertFalse(module.isAutomatic());
    }

    @Test
    void apiAndSpiExportTheirPackagesWithAVersion() throws IOException {
        assertEquals(Map.of("dev.sluice.udp", "0.1.0"), versions("sluice-api", "Export-Package"));
        assertEquals(
                Map.of("dev.sluice.udp.spi", "0.1.0", "dev.sluice.udp.spi.osgi", "0.1.0"),
                versions("sluice-spi", "Export-Package"));
    }

    /** Who writes a provider for elsewhere needs no class of a framework's. */
    @Test
    void onlyThePackageForBundlesUsesTheFramework() throws IOException {
        for (String clause : clauses(manifest("sluice-spi").getValue("Export-Package"))) {
            assertEquals(clause.startsWith("dev.sluice.udp.spi.osgi"), clause.contains("org.osgi.framework"), clause);
        }
    }

    /** LinuxSocket is marked unstable. */
    @Test
    void epollImportsOneMinorVersionOfNetty() throws IOException {
        versions("sluice-provider-epoll", "Import-Package").forEach((imported, version) -> {
            if (imported.startsWith("io.netty.")) {
                assertEquals("[4.2,4.3)", version, imported);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"sluice-provider-nio", "sluice-provider-epoll"})
    void providersExportNothing(String jar) throws IOException {
        assertNull(manifest(jar).getValue("Export-Package"));
        assertTrue(module(jar).exports().isEmpty());
    }

    /** They implement it, so that a minor change, which adds a method, is a change for them (OSGi semantic versioning). */
    @Test
    void whoImplementsAnInterfaceImportsOneMinorVersionOfIt() throws IOException {
        assertEquals("[0.1,0.2)", versions("sluice-spi", "Import-Package").get("dev.sluice.udp"));
        for (String provider : List.of("sluice-provider-nio", "sluice-provider-epoll")) {
            assertEquals("[0.1,0.2)", versions(provider, "Import-Package").get("dev.sluice.udp.spi"));
        }
    }

    /** The wires lead from the providers to the SPI to the API; else refreshing a provider refreshes applications (V3). */
    @Test
    void apiImportsNothingButTheJdk() throws IOException {
        assertTrue(
                versions("sluice-api", "Import-Package").keySet().stream().allMatch(name -> name.startsWith("java.")));
        assertFalse(manifest("sluice-api").getValue("Require-Capability").contains("osgi.serviceloader;"));
        assertEquals(
                List.of("java.base"),
                module("sluice-api").requires().stream()
                        .filter(required -> !required.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC))
                        .map(ModuleDescriptor.Requires::name)
                        .toList());
    }

    @Test
    void V4_nioImportsNothingForeign() throws IOException {
        for (String imported : versions("sluice-provider-nio", "Import-Package").keySet()) {
            assertTrue(imported.startsWith("java.") || imported.startsWith("dev.sluice.udp"), imported);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sluice-api", "sluice-spi", "sluice-provider-nio", "sluice-provider-epoll"})
    void V1_noExtenderIsMandatory(String jar) throws IOException {
        for (String clause : clauses(manifest(jar).getValue("Require-Capability"))) {
            boolean java = clause.startsWith("osgi.ee;");
            boolean resolversAlone = clause.contains("effective:=active");
            assertTrue(java || resolversAlone || clause.contains("resolution:=optional"), clause);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "sluice-provider-nio, dev.sluice.udp.nio.NioProvider",
        "sluice-provider-epoll, dev.sluice.udp.epoll.EpollProvider"
    })
    void V1_providersAreServicesOfEveryKind(String jar, String provider) throws IOException {
        Attributes manifest = manifest(jar);
        assertNotNull(manifest.getValue("Bundle-Activator"));
        String provided = manifest.getValue("Provide-Capability");
        assertTrue(provided.contains("osgi.serviceloader=\"dev.sluice.udp.UdpSocketProvider\""), provided);
        assertTrue(provided.contains("register:=\"\""), "or SPI Fly registers a second service: " + provided);
        assertEquals(
                List.of(provider),
                module(jar).provides().stream()
                        .flatMap(provides -> provides.providers().stream())
                        .toList());
        try (JarFile file = open(jar)) {
            String services =
                    new String(file.getInputStream(file.getEntry(SERVICES)).readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(
                    List.of(provider),
                    services.lines()
                            .filter(line -> !line.isBlank() && !line.startsWith("#"))
                            .toList());
        }
    }

    private static JarFile open(String jar) throws IOException {
        return new JarFile(Jars.jar(jar).toFile());
    }

    private static Attributes manifest(String jar) throws IOException {
        try (JarFile file = open(jar)) {
            return file.getManifest().getMainAttributes();
        }
    }

    private static ModuleDescriptor module(String jar) throws IOException {
        try (JarFile file = open(jar)) {
            return ModuleDescriptor.read(file.getInputStream(file.getEntry("module-info.class")));
        }
    }

    /** Package to version; empty where none is given. */
    private static Map<String, String> versions(String jar, String header) throws IOException {
        return clauses(manifest(jar).getValue(header)).stream()
                .collect(Collectors.toMap(
                        clause -> clause.split(";")[0],
                        clause -> Arrays.stream(clause.split(";"))
                                .filter(part -> part.startsWith("version="))
                                .map(part -> part.substring("version=".length()).replace("\"", ""))
                                .findFirst()
                                .orElse(""),
                        (one, other) -> one + other,
                        TreeMap::new));
    }

    /** Splits at commas outside of quotes. */
    private static List<String> clauses(String header) {
        return List.of(header.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)"));
    }

    /** What Configuration Admin may set is what the provider reads. */
    @ParameterizedTest
    @ValueSource(strings = {"nio", "epoll"})
    void theMetatypeHasEverySetting(String provider) throws Exception {
        try (JarFile jar = open("sluice-provider-" + provider);
                InputStream metatype = jar.getInputStream(jar.getEntry("OSGI-INF/metatype/metatype.xml"))) {
            String text = new String(metatype.readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(
                    ProviderSettings.KEYS,
                    Pattern.compile("<AD id=\"(\\w+)\"")
                            .matcher(text)
                            .results()
                            .map(found -> found.group(1))
                            .toList());
            assertTrue(text.contains("<Designate pid=\"dev.sluice.udp." + provider + "\">"));
        }
    }
}
