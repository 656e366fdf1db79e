// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.launch;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The packaged jars, as Maven's phase pre-integration-test has gathered them. */
public final class Jars {
    static final String API = jars("sluice-api");
    static final String SPI = jars("sluice-spi");
    static final String NIO = jars("sluice-provider-nio");
    static final String EPOLL = jars("sluice-provider-epoll");
    static final String NETTY = jars(
            "netty-common",
            "netty-buffer",
            "netty-resolver",
            "netty-transport",
            "netty-transport-native-unix-common",
            "netty-transport-classes-epoll");
    static final String NETTY_NATIVE =
            jars("netty-transport-native-epoll-linux-x86_64", "netty-transport-native-epoll-linux-aarch_64");

    /** This module's own jar, with the quick starts. */
    static final String CONSUMER = System.getProperty("sluice.itests.consumer");

    private Jars() {}

    private static String jars(String... names) {
        return path(Stream.of(names).map(name -> jar(name).toString()).toArray(String[]::new));
    }

    /** One of Sluice's jars, or of what they need. */
    public static Path jar(String name) {
        Path jar = Path.of(System.getProperty("sluice.itests.bundles"), name + ".jar");
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException(jar + " is missing; it is copied in Maven's phase pre-integration-test");
        }
        return jar;
    }

    /** A class path or a module path of several parts. */
    static String path(String... parts) {
        return String.join(File.pathSeparator, parts);
    }

    static String everything() {
        return path(API, SPI, NIO, EPOLL, NETTY, NETTY_NATIVE);
    }

    /**
     * The option that JDK 24 and later want for Netty's native library (JEP 472). All other modules are denied native
     * access, which proves that none needs it.
     */
    static List<String> nativeAccess(String module) {
        List<String> options = new ArrayList<>();
        if (Runtime.version().feature() >= 24) {
            options.add("--enable-native-access=" + module);
            options.add("--illegal-native-access=deny");
        }
        return options;
    }
}
