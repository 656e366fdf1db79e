// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.epoll;

import dev.sluice.udp.IpAddressFamily;
import dev.sluice.udp.SocketErrorException;
import dev.sluice.udp.epoll.Availability.Probe;
import dev.sluice.udp.spi.EventLoop;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.util.Map;

/**
 * Calls once all that the provider calls of Netty and of the kernel, and sends nothing. Loaded only when it is to run, because
 * the verifier and the linker may look for Netty's classes then.
 */
final class NettyProbe {
    private static final String CLASSES = "netty-transport-classes-epoll";
    private static final String NATIVE = "netty-transport-native-epoll";

    private NettyProbe() {}

    static Probe run(String architecture) throws IOException {
        Throwable cause = Epoll.unavailabilityCause();
        if (cause != null) {
            return Probe.unavailable(whyNot(cause, architecture));
        }
        Map<String, String> versions = NettyVersions.read(Epoll.class.getClassLoader());
        String classes = versions.get(CLASSES);
        String library = versions.getOrDefault(NATIVE, classes);
        if (classes != null && !classes.equals(library)) {
            return Probe.unavailable(
                    "Netty's native library is of version " + library + " and its classes are of version " + classes
                            + ": use io.netty:" + NATIVE + ":linux-" + architecture + " " + classes);
        }
        return Probe.available(tryEverything());
    }

    /** Whether the kernel segments. */
    private static boolean tryEverything() throws IOException {
        KernelSocket socket = open();
        try {
            socket.isReadable();
            socket.isWritable();
            socket.takeError();
            socket.options().probe();
            waitOnce(socket);
            return socket.canSegment();
        } finally {
            socket.close();
        }
    }

    private static KernelSocket open() throws SocketErrorException {
        try {
            return KernelSocket.open(IpAddressFamily.IPV4);
        } catch (SocketErrorException noIpv4) {
            try {
                return KernelSocket.open(IpAddressFamily.IPV6);
            } catch (SocketErrorException e) {
                throw noIpv4;
            }
        }
    }

    /** Registers the socket with an epoll instance and looks at it, on the calling thread. */
    private static void waitOnce(KernelSocket socket) throws IOException {
        EpollMultiplexer multiplexer = EpollMultiplexer.open(new EventLoop.Context() {
            @Override
            public boolean hasWork() {
                return false;
            }

            @Override
            public void execute(Runnable task) {
                task.run();
            }

            @Override
            public boolean isLoopThread() {
                return true;
            }
        });
        try {
            EpollRegistration.tryOut(socket.descriptor(), multiplexer);
            multiplexer.await(0);
        } finally {
            multiplexer.close();
        }
    }

    private static String whyNot(Throwable cause, String architecture) {
        String resource = "META-INF/native/libnetty_transport_native_epoll_" + architecture + ".so";
        ClassLoader loader = Epoll.class.getClassLoader();
        if (loader.getResource(resource) == null) {
            return "Netty's native library is missing: add io.netty:" + NATIVE + ":linux-" + architecture
                    + (inOsgi(loader)
                            ? ", a fragment of " + CLASSES + ", which has to be refreshed if it came first"
                            : "");
        }
        Throwable root = root(cause);
        if (root instanceof LinkageError misfit && !(root instanceof UnsatisfiedLinkError)) {
            throw misfit; // classes of another version
        }
        return "Netty's native library can't be used: " + Availability.firstLine(root) + remedy(root);
    }

    /** Netty wraps the linker's error into several exceptions; the innermost one has the reason. */
    private static Throwable root(Throwable cause) {
        Throwable root = cause;
        for (int depth = 0; root.getCause() != null && depth < 10; depth++) {
            root = root.getCause();
        }
        return root;
    }

    private static String remedy(Throwable root) {
        String text = root.toString();
        if (root instanceof IllegalCallerException || text.contains("native access")) { // JEP 472
            return "; start Java with --enable-native-access=io.netty.common, or =ALL-UNNAMED on the class path";
        }
        if (text.contains("failed to map segment") || text.contains("Operation not permitted")) { // mmap(2), mount(8)
            return "; it is copied to "
                    + System.getProperty("io.netty.native.workdir", System.getProperty("java.io.tmpdir"))
                    + ", from which nothing may be executed (noexec): name another folder by -Dio.netty.native.workdir=";
        }
        if (text.contains("Permission denied") || text.contains("Read-only file system") || text.contains("No space")) {
            return "; it has to be copied to a folder that can be written: name one by -Dio.netty.native.workdir=";
        }
        return "";
    }

    private static boolean inOsgi(ClassLoader loader) {
        return loader.getClass().getName().contains("osgi")
                || loader.getClass().getName().startsWith("org.apache.felix");
    }
}
