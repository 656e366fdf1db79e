// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.soak;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The jars of an application that is loaded as a web container loads one: by a class loader of its own. */
final class ClassPath {
    /** The system property that has them. */
    static final String PROPERTY = "sluice.soak.path";

    private ClassPath() {}

    static String text() {
        return System.getProperty(PROPERTY);
    }

    static URLClassLoader newLoader() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : text().split(File.pathSeparator)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }
}
