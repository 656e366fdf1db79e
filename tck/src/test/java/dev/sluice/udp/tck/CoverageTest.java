package dev.sluice.udp.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** A rule without a test, and a test of the kit without a rule, fail the build. Writes the table of all of them. */
class CoverageTest {
    @Test
    void V5_everyRuleHasATest() throws Exception {
        Map<Rule, List<String>> tests = new EnumMap<>(Rule.class);
        for (Class<?> type : classes()) {
            for (Method method : type.getDeclaredMethods()) {
                if (isTest(method)) {
                    Rule.provenBy(method.getName())
                            .forEach(rule -> tests.computeIfAbsent(rule, key -> new ArrayList<>())
                                    .add(type.getSimpleName() + "." + method.getName()));
                }
            }
        }
        write(tests);
        Set<Rule> missing = EnumSet.complementOf(EnumSet.copyOf(tests.keySet()));
        assertEquals(Set.of(), missing, "rules without a test");
    }

    @Test
    void V5_everyTestOfTheKitNamesItsRule() throws Exception {
        for (Class<?> type : classes()) {
            for (Method method : type.getDeclaredMethods()) {
                assertTrue(
                        !isTest(method) || !Rule.provenBy(method.getName()).isEmpty(), () -> method + " names no rule");
            }
        }
    }

    private static boolean isTest(Method method) {
        return method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class);
    }

    private static void write(Map<Rule, List<String>> tests) throws IOException {
        List<String> lines = new ArrayList<>(List.of("# Rules and their tests", "", "| Rule | Tests |", "|---|---|"));
        for (Rule rule : Rule.values()) {
            lines.add("| **" + rule + "** " + rule.statement() + " | "
                    + String.join(
                            ", ",
                            tests.getOrDefault(rule, List.of()).stream()
                                    .sorted()
                                    .toList()) + " |");
        }
        Path file = Path.of("target", "conformance", "rules.md");
        Files.createDirectories(file.getParent());
        Files.write(file, lines);
    }

    private static List<Class<?>> classes() throws URISyntaxException, IOException {
        List<Class<?>> classes = new ArrayList<>();
        for (Class<?> origin : List.of(Rule.class, CoverageTest.class)) {
            Path root = Path.of(
                    origin.getProtectionDomain().getCodeSource().getLocation().toURI());
            try (Stream<Path> files = Files.walk(root)) {
                files.map(file -> root.relativize(file).toString().replace('/', '.'))
                        .filter(name -> name.startsWith("dev.sluice.udp.tck.") && name.endsWith(".class"))
                        .forEach(name -> classes.add(load(name.substring(0, name.length() - ".class".length()))));
            }
        }
        return classes;
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, CoverageTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
