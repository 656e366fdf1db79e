// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.epoll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.udp.spi.TransportProvider;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reasons of an unavailable provider (V2), each in a JVM that lacks something. */
class AvailabilityTest {
    private static String reason(Predicate<String> onClassPath, String... options) throws Exception {
        return run(new JavaProcess(classPath(onClassPath)).with(options));
    }

    private static String run(JavaProcess java) throws Exception {
        String output = java.output(ReasonMain.class);
        assertEquals(1, output.lines().count(), "one line for a person to read: " + output);
        return output;
    }

    private static List<Path> classPath(Predicate<String> names) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(entry -> names.test(entry.getFileName().toString()))
                .toList();
    }

    /** The class path with those jars of Netty in another version. */
    private static List<Path> withOther(Predicate<String> names) throws Exception {
        List<Path> entries = new ArrayList<>(classPath(name -> !names.test(name)));
        try (Stream<Path> others = Files.list(Path.of("target", "another-netty"))) {
            others.filter(jar -> names.test(jar.getFileName().toString())).forEach(entries::add);
        }
        return entries;
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
    void V2_linuxOnTwoArchitecturesHoweverTheyAreSpelt() throws Exception {
        for (String arch : List.of("amd64", "AMD64", "x86_64", "aarch64", "arm64")) {
            assertEquals(Optional.empty(), Availability.probe("Linux", arch).obstacle());
        }
        assertContains(
                "this is riscv64",
                Availability.probe("Linux", "riscv64").obstacle().orElse(""));
        assertContains(
                "this is Plan 9",
                Availability.probe("Plan 9", "amd64").obstacle().orElse(""));
    }

    @Test
    void V2_withEverythingItIsAvailable() throws Exception {
        assertEquals("available, with segmentation", reason(entry -> true));
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

    @Test
    void V2a_anotherVersionOfNettyIsNamedWithItsParts() throws Exception {
        List<Predicate<String>> mixtures = List.of(
                name -> name.startsWith("netty-"),
                name -> name.startsWith("netty-common"),
                name -> name.matches("netty-transport-[0-9].*"),
                name -> name.startsWith("netty-common") || name.matches("netty-transport-[0-9].*"),
                name -> name.startsWith("netty-transport-classes-epoll"),
                name -> name.startsWith("netty-transport-native-unix-common"));
        for (Predicate<String> mixture : mixtures) {
            String reason = run(new JavaProcess(withOther(mixture)));
            assertContains("4.1.118.Final", reason);
            assertContains("all of one version", reason);
        }
        String library = run(new JavaProcess(withOther(name -> name.startsWith("netty-transport-native-epoll"))));
        assertContains("native library is of version 4.1.118.Final", library);
    }

    /** As in gVisor, or by seccomp: a library in front of the C library's refuses what the provider needs. */
    @ParameterizedTest
    @ValueSource(strings = {"SO_MEMINFO", "EPOLL", "EVENTFD", "SOCKET"})
    void V2a_aSystemCallThatIsRefusedMakesItUnavailable(String refused) throws Exception {
        Path shim = JavaProcess.compiled("src/test/c/refuse.c", "target/refuse.so", "-shared", "-fPIC", "-ldl");
        JavaProcess java = new JavaProcess(classPath(entry -> true))
                .environment("LD_PRELOAD", shim.toAbsolutePath().toString())
                .environment("REFUSE", refused);
        String reason = run(java);
        assertTrue(!reason.startsWith("available"), reason);
        assertTrue(reason.contains("\"nio\"") || reason.contains("can't be used"), reason);
    }

    @Test
    void V2a_withoutSegmentationItIsAvailableAndSaysSo() throws Exception {
        Path shim = JavaProcess.compiled("src/test/c/refuse.c", "target/refuse.so", "-shared", "-fPIC", "-ldl");
        JavaProcess java = new JavaProcess(classPath(entry -> true))
                .environment("LD_PRELOAD", shim.toAbsolutePath().toString())
                .environment("REFUSE", "UDP_SEGMENT");
        assertEquals("available", run(java));
    }

    @Test
    void V2a_aTemporaryFolderThatForbidsExecutionIsNamed(@TempDir Path folder) throws Exception {
        JavaProcess java = new JavaProcess(classPath(entry -> true))
                .with("-Djava.io.tmpdir=" + folder)
                .under(
                        "unshare",
                        "-m",
                        "sh",
                        "-c",
                        "mount -t tmpfs -o noexec none " + folder + " && exec \"$@\"",
                        "sh");
        String reason = run(java);
        assertContains(folder.toString(), reason);
        assertContains("-Dio.netty.native.workdir=", reason);
    }

    /** JEP 472: from JDK 24 on native access can be denied. */
    @Test
    void V2a_deniedNativeAccessIsNamedWithTheOption() throws Exception {
        if (Runtime.version().feature() < 24) {
            assertTrue(reason(entry -> true).startsWith("available"));
            return;
        }
        assertContains("--enable-native-access", reason(entry -> true, "--illegal-native-access=deny"));
        assertContains(
                "available",
                reason(entry -> true, "--illegal-native-access=deny", "--enable-native-access=ALL-UNNAMED"));
    }

    @Test
    void V2a_aLackOfDescriptorsPasses() throws Exception {
        assertEquals(
                List.of(
                        "new-socket-limit",
                        "for now",
                        "no more",
                        "available, with segmentation",
                        "new-socket-limit",
                        "waits"),
                new JavaProcess(classPath(entry -> true))
                        .under("sh", "-c", "ulimit -n 120 && exec \"$@\"", "sh")
                        .output(FewDescriptorsMain.class)
                        .lines()
                        .toList());
    }
}
