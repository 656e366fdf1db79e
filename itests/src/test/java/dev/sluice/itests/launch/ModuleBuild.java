package dev.sluice.itests.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.itests.quickstart.Receiver;
import dev.sluice.itests.quickstart.Sender;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;

/** The quick starts as a named module, which requires the API and nothing else, made with the JDK's own tools. */
final class ModuleBuild {
    static final String MODULE = "com.example.sender";

    private ModuleBuild() {}

    /** Compiles the module against the API's jar alone, with all warnings, and packs it. */
    static Path jar(Path folder) throws IOException {
        Path classes = folder.resolve("classes");
        Path jar = folder.resolve("sender.jar");
        run(
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
        run(
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
        run(
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

    private static void run(String tool, String... arguments) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        int status = ToolProvider.findFirst(tool).orElseThrow().run(out, out, arguments);
        assertEquals(0, status, () -> tool + " " + List.of(arguments) + "\n" + text);
    }
}
