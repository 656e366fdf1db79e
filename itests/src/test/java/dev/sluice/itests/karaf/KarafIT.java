// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.karaf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.itests.launch.Listener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** V1 in Karaf: the features, as they are published, and an application that is a feature of its own. */
@EnabledOnOs(OS.LINUX)
@EnabledForJreRange(max = JRE.JAVA_23, disabledReason = "Karaf 4.4's own script asks for the Security Manager")
class KarafIT {
    private static final String VERSION = System.getProperty("sluice.itests.version");

    @TempDir
    Path folder;

    @Test
    void V1_featuresAreWholeAndLeaveNothingBehind() throws Exception {
        try (Listener listener = new Listener();
                Karaf karaf = new Karaf(folder, Map.of("sluice.itests.announce", listener.port()))) {
            List<String> before = bundles(karaf);
            assertTrue(before.size() > 10, before::toString);
            karaf.run(
                    "feature:repo-add mvn:dev.sluice/sluice-karaf/" + VERSION + "/xml/features",
                    "feature:repo-add " + application().toUri());

            for (String provider : List.of("nio", "epoll")) {
                List<String> printed = karaf.run("feature:install sluice-" + provider, "feature:install application");
                assertTrue(bundles(karaf).contains("dev.sluice.itests"), printed::toString);
                listener.assertReceives("here with " + provider);
                List<String> providers = karaf.run("sluice:providers");
                assertTrue(providers.stream().anyMatch(line -> line.startsWith(provider)), providers::toString);
                printed = karaf.run("feature:uninstall application", "feature:uninstall sluice-" + provider);
                assertEquals(before, bundles(karaf), printed::toString);
            }
        }
    }

    /** A Declarative Services consumer and the runtime for it: where the service comes from is not said. */
    private Path application() throws Exception {
        return Files.writeString(
                folder.resolve("application.xml"),
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <features name="application" xmlns="http://karaf.apache.org/xmlns/features/v1.6.0">
                    <feature name="application" version="1">
                        <bundle dependency="true">mvn:org.osgi/org.osgi.service.component/%s</bundle>
                        <bundle dependency="true">mvn:org.apache.felix/org.apache.felix.scr/%s</bundle>
                        <bundle>%s</bundle>
                    </feature>
                </features>
                """
                        .formatted(
                                System.getProperty("sluice.itests.component.version"),
                                System.getProperty("sluice.itests.scr.version"),
                                Path.of(System.getProperty("sluice.itests.consumer"))
                                        .toUri()));
    }

    /** The symbolic names of all bundles, in alphabetical order. */
    private static List<String> bundles(Karaf karaf) throws Exception {
        return karaf.run("bundle:list -t 0 -s --no-format").stream()
                .filter(line -> line.contains("\t"))
                .map(line -> line.substring(line.lastIndexOf('\t') + 1).strip())
                .sorted()
                .toList();
    }
}
