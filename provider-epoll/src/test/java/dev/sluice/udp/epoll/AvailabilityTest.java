package dev.sluice.udp.epoll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.spi.TransportProvider;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The reasons of an unavailable provider (V2), each in a JVM that lacks something. */
class AvailabilityTest {
    private static String reason(Predicate<String> onClassPath, String... options) throws Exception {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> onClassPath.test(Path.of(entry).getFileName().toString()))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", classPath, ReasonMain.class.getName()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue());
        assertEquals(1, output.lines().count(), "one line for a person to read: " + output);
        return output;
    }

    private static void assertContains(String expected, String reason) {
        assertTrue(reason.contains(expected), reason);
    }

    @Test
    void V1_theActivatorOfItsBundleMakesTheProvider() {
        try (TransportProvider made = new EpollActivator().create()) {
            assertEquals(EpollProvider.class, made.getClass());
            assertEquals(100, made.priority()); // V2: nio's is 0
        }
    }

    @Test
    void V2_linuxOnTwoArchitecturesHoweverTheyAreSpelt() {
        for (String arch : List.of("amd64", "AMD64", "x86_64", "aarch64", "arm64")) {
            assertEquals(Optional.empty(), Availability.obstacle("Linux", arch));
        }
        assertContains(
                "this is riscv64", Availability.obstacle("Linux", "riscv64").orElse(""));
        assertContains(
                "this is Plan 9", Availability.obstacle("Plan 9", "amd64").orElse(""));
    }

    @Test
    void V2_withEverythingItIsAvailable() throws Exception {
        assertEquals("available, 5 capabilities", reason(entry -> true));
    }

    @Test
    void V2_withoutNettyItNamesWhatToAdd() throws Exception {
        assertContains("add io.netty:netty-transport-classes-epoll", reason(entry -> !entry.startsWith("netty-")));
        assertContains("netty-transport-classes-epoll", reason(entry -> !entry.startsWith("netty-common")));
    }

    @Test
    void V2_withoutTheNativeLibraryItNamesWhatToAdd() throws Exception {
        String reason = reason(entry -> !entry.startsWith("netty-transport-native-epoll"));
        assertContains("add io.netty:netty-transport-native-epoll:linux-", reason);
    }

    @Test
    void V2_aNativeLibraryThatIsSwitchedOffSaysSo() throws Exception {
        assertContains("noNative", reason(entry -> true, "-Dio.netty.transport.noNative=true"));
    }

    @Test
    void V2_anotherSystemOrArchitectureIsNamed() throws Exception {
        assertContains("this is Plan 9", reason(entry -> true, "-Dos.name=Plan 9"));
        assertContains("this is riscv64", reason(entry -> true, "-Dos.arch=riscv64"));
    }
}
