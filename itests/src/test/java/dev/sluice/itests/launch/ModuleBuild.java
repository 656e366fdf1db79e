// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.launch;

import dev.sluice.itests.quickstart.Receiver;
import dev.sluice.itests.quickstart.Sender;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The quick starts as a named module, which requires the API and nothing else, made with the JDK's own tools. */
final class ModuleBuild {
    static final String MODULE = "com.example.sender";

    private ModuleBuild() {}

    /** Compiles the module against the API's jar alone, with all warnings, and packs it. */
    static Path jar(Path folder) throws IOException {
        Path classes = folder.resolve("classes");
        Path jar = folder.resolve("sender.jar");
        JdkTool.run(
                "javac",
                "--release",
                "17",
                "-Xlint:all",
                "-Werror",
                "--module-path",
                Jars.API,
                "-d",
                classes.toString(),
                "src/module/java/module-info.java",
                source(Sender.class),
                source(Receiver.class));
        JdkTool.run(
                "jar",
                "--create",
                "--file=" + jar,
                "--main-class=" + Sender.class.getName(),
                "-C",
                classes.toString(),
                ".");
        return jar;
    }

    /** Links an image that holds the module and these providers. */
    static Path image(Path folder, String modulePath, List<String> providers) throws IOException {
        Path image = folder.resolve("image-" + String.join("-", providers));
        JdkTool.run(
                "jlink",
                "--module-path",
                modulePath,
                "--add-modules",
                MODULE + "," + String.join(",", providers),
                "--launcher",
                "sender=" + MODULE,
                "--output",
                image.toString());
        return image;
    }

    private static String source(Class<?> type) {
        return "src/main/java/" + type.getName().replace('.', '/') + ".java";
    }
}
