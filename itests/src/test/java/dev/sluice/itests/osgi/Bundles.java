// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.osgi;

import static org.ops4j.pax.exam.CoreOptions.composite;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.options.UrlProvisionOption;

/** What can be installed in a framework: the packaged jars. Used on the host only. */
final class Bundles {
    private Bundles() {}

    static Option api() {
        return bundles("sluice-api");
    }

    static Option nio() {
        return bundles("sluice-spi", "sluice-provider-nio");
    }

    /** Without Netty's native library. */
    static Option epollWithoutNative() {
        return bundles(
                "netty-common",
                "netty-buffer",
                "netty-resolver",
                "netty-transport",
                "netty-transport-native-unix-common",
                "netty-transport-classes-epoll",
                "sluice-spi",
                "sluice-provider-epoll");
    }

    static Option epoll() {
        return composite(nativeFragment(), epollWithoutNative());
    }

    /** A fragment of classes-epoll for this machine's processor; a fragment can't be started. */
    private static Option nativeFragment() {
        String processor = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
        return bundle("netty-transport-native-epoll-linux-" + processor).noStart();
    }

    static Option declarativeServices() {
        return bundles(
                "org.osgi.util.function",
                "org.osgi.util.promise",
                "org.osgi.service.component",
                "org.apache.felix.scr");
    }

    static Option configurationAdmin() {
        return bundles("org.apache.felix.configadmin");
    }

    /** Gogo without a console. */
    static Option shell() {
        return bundles("org.apache.felix.gogo.runtime");
    }

    /** Aries SPI Fly, which makes ServiceLoader work between bundles. */
    static Option spiFly() {
        return bundles(
                "asm", "asm-tree", "asm-analysis", "asm-commons", "asm-util", "org.apache.aries.spifly.dynamic.bundle");
    }

    /** Aries Blueprint. It logs by SLF4J, which the framework has from the host. */
    static Option blueprint() {
        return composite(
                CoreOptions.systemPackage("org.slf4j;version=\"1.7.36\""),
                bundles("org.apache.aries.blueprint.api", "org.apache.aries.proxy", "org.apache.aries.blueprint.core"));
    }

    /** This module's own jar. */
    static Option consumer() {
        return at(Path.of(System.getProperty("sluice.itests.consumer")));
    }

    private static Option bundles(String... names) {
        return composite(Arrays.stream(names).map(Bundles::bundle).toArray(Option[]::new));
    }

    private static UrlProvisionOption bundle(String name) {
        return at(Path.of(System.getProperty("sluice.itests.bundles"), name + ".jar"));
    }

    private static UrlProvisionOption at(Path jar) {
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException(jar + " is missing; it is copied in Maven's phase pre-integration-test");
        }
        return CoreOptions.url("reference:" + jar.toUri());
    }
}
