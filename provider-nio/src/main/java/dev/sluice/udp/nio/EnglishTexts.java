// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.nio;

import dev.sluice.udp.spi.Errno;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** The texts of strerror(3) in English: those of glibc, musl and the BSDs. */
final class EnglishTexts {
    private static final Map<String, Errno> TEXTS = new HashMap<>();

    static {
        known(Errno.EPERM, "Operation not permitted");
        known(Errno.ENOMEM, "Cannot allocate memory", "Out of memory");
        known(Errno.EACCES, "Permission denied");
        known(Errno.EINVAL, "Invalid argument");
        known(Errno.ENFILE, "Too many open files in system");
        known(Errno.EMFILE, "Too many open files", "No file descriptors available");
        known(Errno.ENONET, "Machine is not on the network");
        known(Errno.EDESTADDRREQ, "Destination address required");
        known(Errno.EMSGSIZE, "Message too long", "Message too large");
        known(Errno.ENOPROTOOPT, "Protocol not available");
        known(Errno.EAFNOSUPPORT, "Address family not supported by protocol");
        known(Errno.EADDRINUSE, "Address already in use", "Address in use");
        known(
                Errno.EADDRNOTAVAIL,
                "Cannot assign requested address",
                "Address not available",
                "Can't assign requested address");
        known(Errno.ENETDOWN, "Network is down");
        known(Errno.ENETUNREACH, "Network is unreachable", "Network unreachable");
        known(Errno.ENOBUFS, "No buffer space available");
        known(Errno.EISCONN, "Transport endpoint is already connected", "Socket is connected");
        known(Errno.ENOTCONN, "Transport endpoint is not connected", "Socket not connected");
        known(Errno.ECONNREFUSED, "Connection refused");
        known(Errno.EHOSTDOWN, "Host is down");
        known(Errno.EHOSTUNREACH, "No route to host", "Host is unreachable");
    }

    private EnglishTexts() {}

    private static void known(Errno errno, String... texts) {
        for (String text : texts) {
            TEXTS.put(text, errno);
        }
    }

    /** The errno of a text, or null. */
    static Errno errno(String text) {
        return TEXTS.get(text);
    }

    /** Every text with its errno. */
    static Map<String, Errno> all() {
        return Collections.unmodifiableMap(TEXTS);
    }
}
