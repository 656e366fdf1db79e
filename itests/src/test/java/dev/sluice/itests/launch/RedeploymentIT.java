// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** V6 in a container that deploys an application again and again, in this JVM, with a class loader each time. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RedeploymentIT {
    private static final int TIMES = 3;
    private static final String PLATFORM_JARS = Jars.path(Jars.NETTY, Jars.NETTY_NATIVE);

    /** Where the jars are. Netty is the container's: its native library keeps its own class loader for ever. */
    enum Layout {
        ALL_IN_THE_APPLICATION(PLATFORM_JARS, Jars.path(Jars.API, Jars.SPI, Jars.NIO, Jars.EPOLL)),
        API_IN_THE_CONTAINER(Jars.path(PLATFORM_JARS, Jars.API), Jars.path(Jars.SPI, Jars.NIO, Jars.EPOLL)),
        ALL_IN_THE_CONTAINER(Jars.path(PLATFORM_JARS, Jars.API, Jars.SPI, Jars.NIO, Jars.EPOLL), "");

        final URLClassLoader container;
        private final String application;

        Layout(String container, String application) {
            this.container = loader(container, ClassLoader.getPlatformClassLoader());
            this.application = application;
            useNetty();
        }

        /** Netty keeps an exception that was made when it was used first, and with its stack trace that caller's classes. */
        private void useNetty() {
            try {
                Class.forName("io.netty.channel.epoll.Epoll", true, container);
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException(e);
            }
        }

        Deployment deploy() throws Exception {
            String classes = WebApplication.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .getPath();
            return new Deployment(loader(Jars.path(application, classes), container));
        }
    }

    private static URLClassLoader loader(String jars, ClassLoader parent) {
        try {
            List<URL> urls = new ArrayList<>();
            for (String jar : jars.split(File.pathSeparator)) {
                if (!jar.isEmpty()) {
                    urls.add(Path.of(jar).toUri().toURL());
                }
            }
            return new URLClassLoader(urls.toArray(URL[]::new), parent);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An application with its class loader, called with that as a container does. */
    private record Deployment(URLClassLoader loader, Object application) {
        Deployment(URLClassLoader loader) throws Exception {
            this(
                    loader,
                    loader.loadClass(WebApplication.class.getName())
                            .getConstructor()
                            .newInstance());
            assertEquals("[epoll, nio]", call("providers"));
            call("contextInitialized");
        }

        Object call(String method) throws Exception {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(loader);
            try {
                return application.getClass().getMethod(method).invoke(application);
            } finally {
                thread.setContextClassLoader(before);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void V6_redeployingLeavesNothing(Layout layout) throws Exception {
        awaitCollected(deployed(layout, true)); // what the JDK and Netty keep, they have now
        List<String> before = Descriptors.open();
        for (int i = 0; i < TIMES; i++) {
            WeakReference<ClassLoader> application = deployed(layout, true);
            assertEquals(before, Descriptors.open());
            assertEquals(List.of(), threads());
            awaitCollected(application);
        }
    }

    /** What an application that forgets to shut down leaves is gone when the waiting threads have been idle for long. */
    @ParameterizedTest
    @EnumSource(Layout.class)
    void V6_anApplicationThatIsJustDroppedLeavesNothing(Layout layout) throws Exception {
        awaitCollected(deployed(layout, true));
        List<String> before = Descriptors.open();
        List<WeakReference<ClassLoader>> applications = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            applications.add(deployed(layout, false));
        }
        for (WeakReference<ClassLoader> application : applications) {
            awaitCollected(application);
        }
        while (!threads().isEmpty() || !before.equals(Descriptors.open())) {
            collectGarbage();
        }
    }

    private static WeakReference<ClassLoader> deployed(Layout layout, boolean shutdown) throws Exception {
        Deployment deployment = layout.deploy();
        if (shutdown) {
            deployment.call("contextDestroyed");
        }
        deployment.loader.close();
        return new WeakReference<>(deployment.loader);
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void V6_theEndOfOneApplicationLeavesTheOtherAlone(Layout layout) throws Exception {
        Deployment one = layout.deploy();
        Deployment other = layout.deploy();
        one.call("contextDestroyed");
        assertFalse((boolean) one.call("isOpen"));
        assertTrue((boolean) other.call("isOpen"));
        other.call("contextInitialized"); // it goes on working
        one.call("contextInitialized"); // and so does one that starts again
        one.call("contextDestroyed");
        assertTrue((boolean) other.call("isOpen"));
        other.call("contextDestroyed");
        assertEquals(List.of(), threads());
    }

    private static void awaitCollected(WeakReference<?> reference) throws InterruptedException {
        while (reference.get() != null) {
            collectGarbage();
        }
    }

    private static void collectGarbage() throws InterruptedException {
        System.gc();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("sluice")) {
                thread.join(1000); // it ends some seconds after it had to do last
            }
        }
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("sluice"))
                .toList();
    }
}
