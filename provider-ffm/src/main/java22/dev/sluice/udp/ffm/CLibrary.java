// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.NoSuchElementException;

/**
 * The functions of the C library, all that are used. Each answers what the C function answers, or, where that says that it
 * failed, the negative errno. The first argument is memory in which the errno is captured, of {@link Layouts#ERRNO}; it must
 * not be used by two threads at the same time.
 *
 * <p>The caller sees to it that the descriptor is open, and that what addresses inside of structures point to is reachable:
 * only the segments that are arguments are kept so during the call.
 *
 * <p>Initialising this class fails if native access is denied ({@link IllegalCallerException}), or if a function is missing
 * ({@link NoSuchElementException}).
 */
final class CLibrary {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup SYMBOLS = LINKER.defaultLookup();

    private static final MethodHandle SOCKET = function("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle CLOSE = function("close", JAVA_INT, JAVA_INT);
    private static final MethodHandle BIND = function("bind", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle CONNECT = function("connect", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle GETSOCKNAME = function("getsockname", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle GETSOCKOPT =
            function("getsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle SETSOCKOPT =
            function("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SENDTO =
            function("sendto", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SENDMMSG = function("sendmmsg", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle RECVMMSG =
            function("recvmmsg", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle POLL = function("poll", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle EPOLL_CREATE1 = function("epoll_create1", JAVA_INT, JAVA_INT);
    private static final MethodHandle EPOLL_CTL =
            function("epoll_ctl", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle EPOLL_WAIT =
            function("epoll_wait", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle EVENTFD = function("eventfd", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle READ = function("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle WRITE = function("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle MMAP =
            function("mmap", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG);
    private static final MethodHandle MUNMAP = function("munmap", JAVA_INT, JAVA_LONG, JAVA_LONG);

    private CLibrary() {}

    @SuppressWarnings("restricted")
    private static MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
        MemorySegment address = SYMBOLS.find(name)
                .orElseThrow(() -> new NoSuchElementException("the C library has no function " + name));
        return LINKER.downcallHandle(
                address, FunctionDescriptor.of(result, arguments), Linker.Option.captureCallState("errno"));
    }

    private static int result(int returned, MemorySegment errno) {
        return returned != -1 ? returned : -Layouts.errno(errno);
    }

    private static long result(long returned, MemorySegment errno) {
        return returned != -1 ? returned : -Layouts.errno(errno);
    }

    /** The handles declare everything; a mismatch of types, or an error of the JVM, is all that can come. */
    private static RuntimeException unexpected(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException runtime ? runtime : new IllegalStateException(thrown);
    }

    static int socket(MemorySegment errno, int domain, int type, int protocol) {
        try {
            return result((int) SOCKET.invokeExact(errno, domain, type, protocol), errno);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static int close(MemorySegment errno, int descriptor) {
        try {
            return result((int) CLOSE.invokeExact(errno, descriptor), errno);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static int bind(MemorySegment errno, int descriptor, MemorySegment address, int length) {
        try {
            return result((int) BIND.invokeExact(errno, descriptor, address, length), errno);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static int connect(MemorySegment errno, int descriptor, MemorySegment address, int length) {
        try {
            return result((int) CONNECT.invokeExact(errno, descriptor, address, length), errno);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static int getsockname(MemorySegment errno, int descriptor, MemorySegment address, MemorySegment length) {
        try {
            return result((int) GETSOCKNAME.invokeExact(errno, descriptor, address, length), errno);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static int getsockopt(
            MemorySegment errno, int descriptor, int level, int option, MemorySegment value, MemorySegment length) {
        try {
            return result((int) GETSOCKOPT.invokeExact(errno, descriptor, level, option, value, length), errno);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static int setsockopt(MemorySegment errno, int descriptor, int level, int option, MemorySegment value, int length) {
        try {
            return result((int) SETSOCKOPT.invokeExact(errno, descriptor, level, option, value, length), errno);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** The payload is given by its address: a segment for each part of a batch would be allocated. */
    static long sendto(
            MemorySegment errno, int descriptor, long payload, long size, MemorySegment address, int length) {
        try {
            return result((long) SENDTO.invokeExact(errno, descriptor, payload, size, 0, address, length), errno);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static int sendmmsg(MemorySegment errno, int descriptor, MemorySegment messages, int count, int flags) {
        try {
            return result((int) SENDMMSG.invokeExact(errno, descriptor, messages, count, flags), errno);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static int recvmmsg(MemorySegment errno, int descriptor, MemorySegment messages, int count, int flags) {
        try {
            return result(
                    (int) RECVMMSG.invokeExact(errno, descriptor, messages, count, flags, MemorySegment.NULL), errno);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static int poll(MemorySegment errno, MemorySegment descriptors, long count, int millis) {
        try {
            return result((int) POLL.invokeExact(errno, descriptors, count, millis), errno);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static int epollCreate(MemorySegment errno, int flags) {
        try {
            return result((int) EPOLL_CREATE1.invokeExact(errno, flags), errno);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static int epollCtl(MemorySegment errno, int epoll, int operation, int descriptor, MemorySegment event) {
        try {
            return result((int) EPOLL_CTL.invokeExact(errno, epoll, operation, descriptor, event), errno);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static int epollWait(MemorySegment errno, int epoll, MemorySegment events, int count, int millis) {
        try {
            return result((int) EPOLL_WAIT.invokeExact(errno, epoll, events, count, millis), errno);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static int eventfd(MemorySegment errno, int initial, int flags) {
        try {
            return result((int) EVENTFD.invokeExact(errno, initial, flags), errno);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static long read(MemorySegment errno, int descriptor, MemorySegment into) {
        try {
            return result((long) READ.invokeExact(errno, descriptor, into, into.byteSize()), errno);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static long write(MemorySegment errno, int descriptor, MemorySegment from) {
        try {
            return result((long) WRITE.invokeExact(errno, descriptor, from, from.byteSize()), errno);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static long mmap(MemorySegment errno, long length, int protection, int flags) {
        try {
            return result((long) MMAP.invokeExact(errno, 0L, length, protection, flags, -1, 0L), errno);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static int munmap(MemorySegment errno, long address, long length) {
        try {
            return result((int) MUNMAP.invokeExact(errno, address, length), errno);
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }
}
