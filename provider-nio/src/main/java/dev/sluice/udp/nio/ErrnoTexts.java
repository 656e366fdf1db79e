package dev.sluice.udp.nio;

import dev.sluice.udp.spi.Errno;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds an errno by its text of strerror(3): in the English of glibc, musl and the BSDs, else as learnt from the running
 * library.
 */
final class ErrnoTexts {
    /** In English. */
    static final Map<String, Errno> KNOWN = new HashMap<>();

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

    private ErrnoTexts() {}

    private static void known(Errno errno, String... texts) {
        for (String text : texts) {
            KNOWN.put(text, errno);
        }
    }

    /** The errno of an exception's message, which may name a function before or behind the text; or null. */
    static Errno errno(String message) {
        Errno errno = errnoOfText(message);
        int colon = message.lastIndexOf(": ");
        if (errno != null || colon < 0) {
            return errno;
        }
        Errno behind = errnoOfText(message.substring(colon + 2));
        return behind != null ? behind : errnoOfText(message.substring(0, colon));
    }

    private static Errno errnoOfText(String text) {
        Errno errno = KNOWN.get(text);
        return errno != null ? errno : LearntTexts.errno(text);
    }
}
