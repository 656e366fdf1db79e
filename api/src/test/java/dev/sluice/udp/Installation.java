// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The API of an application of its own: loaded afresh, because discovery remembers what it found, beside a services file
 * as a test wants it. Runs on a thread's context class loader as an application would.
 */
final class Installation implements AutoCloseable {
    static final String SERVICES = "META-INF/services/" + UdpSocketProvider.class.getName();

    private final URLClassLoader loader;
    private final Class<?> udpSockets;
    private ClassLoader context;

    /** With these lines in the services file; none: without the file. */
    Installation(Path folder, Set<String> hidden, String... lines) {
        try {
            loader = new Hiding(urls(folder, lines), hidden, ClassLoader.getPlatformClassLoader());
            udpSockets = loader.loadClass(UdpSockets.class.getName());
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
        context = loader;
    }

    Installation(Path folder, String... lines) {
        this(folder, Set.of(), lines);
    }

    private static URL[] urls(Path folder, String... lines) throws IOException {
        return new URL[] {services(folder, lines), codeOf(UdpSockets.class), codeOf(Installation.class)};
    }

    private static URL services(Path folder, String... lines) throws IOException {
        if (lines.length > 0) {
            Path file = folder.resolve(SERVICES);
            Files.createDirectories(file.getParent());
            Files.write(file, List.of(lines));
        }
        return folder.toUri().toURL();
    }

    private static URL codeOf(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    /** From now on with that context class loader. */
    Installation in(ClassLoader contextLoader) {
        context = contextLoader;
        return this;
    }

    /** A loader below this application's, such as that of a plug-in, which has a services file with these lines. */
    ClassLoader plugin(Path folder, String... lines) {
        try {
            return new URLClassLoader(new URL[] {services(folder, lines)}, loader);
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A loader below this application's that has classes of its own, which are hidden from this one. */
    URLClassLoader webApplication(Path folder, String... lines) throws IOException {
        return new URLClassLoader(new URL[] {services(folder, lines), codeOf(Installation.class)}, loader);
    }

    /** {@code UdpSockets.shutdown()}. */
    void shutdown() {
        call("shutdown");
    }

    /** {@code UdpSockets.provider()}. */
    Object provider() {
        return call("provider");
    }

    /** {@code UdpSockets.provider(name)}. */
    Object provider(String name) {
        return call("provider", name);
    }

    /** The names of {@code UdpSockets.providers()}. */
    List<String> providers() {
        List<String> names = new ArrayList<>();
        ((List<?>) call("providers")).forEach(provider -> names.add(nameOf(provider)));
        return names;
    }

    /** {@code UdpSockets.unavailable()}, as strings. */
    List<String> unavailable() {
        List<String> all = new ArrayList<>();
        ((List<?>) call("unavailable")).forEach(entry -> all.add(entry.toString()));
        return all;
    }

    static String nameOf(Object provider) {
        try {
            Class<?> type = provider.getClass().getInterfaces()[0]; // of the loaded API; the class itself is not public
            return (String) type.getMethod("name").invoke(provider);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@code provider.unavailability()}. */
    static Object unavailabilityOf(Object provider) {
        try {
            return provider.getClass()
                    .getInterfaces()[0]
                    .getMethod("unavailability")
                    .invoke(provider);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private Object call(String method, Object... arguments) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(context);
        try {
            Class<?>[] types = arguments.length == 0 ? new Class<?>[0] : new Class<?>[] {String.class};
            return udpSockets.getMethod(method, types).invoke(null, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause().getClass().getName().equals(ProviderNotFoundException.class.getName())) {
                throw new ProviderNotFoundException(e.getCause().getMessage()); // this test's own class of that name
            }
            throw new AssertionError("neither a result nor the error that is promised", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }

    /** Pretends that some classes aren't there. */
    private static final class Hiding extends URLClassLoader {
        private final Set<String> hidden;

        Hiding(URL[] urls, Set<String> hidden, ClassLoader parent) {
            super(urls, parent);
            this.hidden = hidden;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (hidden.contains(name)) {
                throw new ClassNotFoundException(name);
            }
            return super.findClass(name);
        }
    }
}
