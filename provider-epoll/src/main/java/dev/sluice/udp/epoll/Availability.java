package dev.sluice.udp.epoll;

import io.netty.channel.epoll.Epoll;
import java.util.Locale;
import java.util.Optional;

/** Why the provider can't be used on this machine. */
final class Availability {
    private static final String NATIVE = "io.netty:netty-transport-native-epoll";

    private Availability() {}

    /** One line, or empty. Names Netty's classes only inside of {@link Netty}, so that it works without them. */
    static Optional<String> obstacle() {
        return obstacle(
                System.getProperty("os.name", "an unknown system"),
                System.getProperty("os.arch", "an unknown architecture"));
    }

    static Optional<String> obstacle(String system, String arch) {
        if (!system.equals("Linux")) {
            return Optional.of("epoll is Linux's, and this is " + system);
        }
        String architecture = architecture(arch);
        if (!architecture.equals("x86_64") && !architecture.equals("aarch_64")) {
            return Optional.of("there are native libraries for x86-64 and arm64 only, and this is " + architecture);
        }
        try {
            return Netty.obstacle(architecture);
        } catch (LinkageError e) {
            return Optional.of("Netty's classes are missing or don't fit together: add"
                    + " io.netty:netty-transport-classes-epoll and what it depends on (" + firstLine(e) + ")");
        }
    }

    /** The architecture as Netty's classifiers spell it. */
    private static String architecture(String arch) {
        return switch (arch.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64", "x86-64", "x64" -> "x86_64";
            case "aarch64", "arm64", "aarch_64" -> "aarch_64";
            default -> arch;
        };
    }

    private static String firstLine(Throwable thrown) {
        return thrown.toString().lines().findFirst().orElse("");
    }

    /** Loaded only when asked, because the verifier and the linker may look for Netty's classes then. */
    private static final class Netty {
        static Optional<String> obstacle(String architecture) {
            Throwable cause = Epoll.unavailabilityCause();
            if (cause == null) {
                return Optional.empty();
            }
            String resource = "META-INF/native/libnetty_transport_native_epoll_" + architecture + ".so";
            ClassLoader loader = Epoll.class.getClassLoader();
            if (loader.getResource(resource) == null) {
                return Optional.of("Netty's native library is missing: add " + NATIVE + ":linux-" + architecture
                        + (inOsgi(loader) ? ", a fragment of netty-transport-classes-epoll" : ""));
            }
            return Optional.of("Netty's native library can't be used: " + rootLine(cause));
        }

        /** Netty wraps the linker's error into several exceptions; the innermost one has the reason. */
        private static String rootLine(Throwable cause) {
            Throwable root = cause;
            for (int depth = 0; root.getCause() != null && depth < 10; depth++) {
                root = root.getCause();
            }
            return firstLine(root);
        }

        private static boolean inOsgi(ClassLoader loader) {
            return loader.getClass().getName().contains("osgi")
                    || loader.getClass().getName().startsWith("org.apache.felix");
        }
    }
}
