// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.soak;

import java.net.URLClassLoader;

/**
 * What {@code benchmarks/soak} starts, in a network namespace of its own: the soak test in a class loader of its own.
 *
 * <p>The application class loader must not have Netty's classes: when a loader that has loaded Netty's native library is
 * collected, {@code JNI_OnUnload} looks the classes up whose native methods it takes back, finds those of the
 * application class loader, and their calls end in an UnsatisfiedLinkError from then on.
 */
final class SoakLauncher {
    private SoakLauncher() {}

    /** Takes what {@link SoakOptions} says. */
    @SuppressWarnings("resource") // lives as long as the process
    public static void main(String[] arguments) throws Exception {
        URLClassLoader loader = ClassPath.newLoader();
        Thread.currentThread().setContextClassLoader(loader);
        loader.loadClass(SoakMain.class.getName())
                .getMethod("main", String[].class)
                .invoke(null, (Object) arguments);
    }
}
