// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.nio;

import static java.net.StandardProtocolFamily.INET;
import static java.net.StandardProtocolFamily.INET6;

import dev.sluice.udp.spi.Errno;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * The texts of the running C library in the language it runs in, learnt by provoking errors whose errno is certain, and
 * from the library's catalogue. Nothing is sent for it, and nothing of it needs a privilege: no port below 1024 is bound,
 * which would meet EACCES before anything else (ip(7)).
 */
final class LearntTexts {
    private static final int TOO_LARGE = 65_508;
    private static final Path NULL_DEVICE = Path.of("/dev/null");

    private static volatile Map<String, Errno> learnt;

    private LearntTexts() {}

    /** The errno of a text, or null. */
    static Errno errno(String text) {
        Errno errno = texts().get(text);
        // The lack of descriptors can't be provoked, but where there is one, no file opens either.
        return errno == null && text.equals(whyNoFileOpens()) ? Errno.EMFILE : errno;
    }

    private static Map<String, Errno> texts() {
        Map<String, Errno> texts = learnt;
        if (texts == null) {
            try {
                texts = learn();
                learnt = texts;
            } catch (IOException noSocket) { // learn another time
                return Map.of();
            }
        }
        return texts;
    }

    static Map<String, Errno> learn() throws IOException {
        Map<String, Errno> texts = provoked();
        addTranslations(texts, LibcCatalogue.read());
        return texts;
    }

    /** The texts of errors that were met on purpose. */
    static Map<String, Errno> provoked() throws IOException {
        Map<String, Errno> texts = new HashMap<>();
        try (DatagramChannel bound = DatagramChannel.open(INET)) {
            bound.bind(address(0, 127, 0, 0, 1));
            SocketAddress taken = bound.getLocalAddress();
            provoke(texts, Errno.EADDRINUSE, INET, channel -> channel.bind(taken));
            provoke(texts, Errno.EMSGSIZE, INET, channel -> channel.send(ByteBuffer.allocate(TOO_LARGE), taken));
        }
        // An address for documentation, which no host has (RFC 5737).
        provoke(texts, Errno.EADDRNOTAVAIL, INET, channel -> channel.bind(address(0, 192, 0, 2, 1)));
        // A broadcast address without SO_BROADCAST (ip(7)).
        provoke(texts, Errno.EACCES, INET, channel -> channel.connect(address(9, 127, 255, 255, 255)));
        // A link-local address behind an interface that doesn't exist (ipv6(7)).
        provoke(texts, Errno.ENETUNREACH, INET6, channel -> channel.connect(behindNoInterface()));
        learn(texts, Errno.EINVAL, LearntTexts::synchronizeDevice);
        return texts;
    }

    /** Adds what can't be provoked, such as EHOSTUNREACH, if the catalogue agrees with what was. */
    static void addTranslations(Map<String, Errno> texts, Map<String, String> catalogue) {
        boolean agrees = EnglishTexts.all().entrySet().stream()
                .anyMatch(known -> known.getValue() == Errno.EMSGSIZE
                        && texts.get(catalogue.get(known.getKey())) == Errno.EMSGSIZE);
        if (agrees) {
            EnglishTexts.all().forEach((english, errno) -> {
                if (catalogue.containsKey(english)) {
                    texts.putIfAbsent(catalogue.get(english), errno);
                }
            });
        }
    }

    private interface Offence {
        void commit(DatagramChannel channel) throws IOException;
    }

    private interface Failing {
        void run() throws IOException;
    }

    /**
     * Learns one text, if the offence meets an error here.
     *
     * @throws IOException if no channel could be opened
     */
    private static void provoke(Map<String, Errno> texts, Errno errno, ProtocolFamily family, Offence offence)
            throws IOException {
        try (DatagramChannel channel = DatagramChannel.open(family)) {
            channel.configureBlocking(false);
            learn(texts, errno, () -> offence.commit(channel));
        } catch (UnsupportedOperationException noSuchFamily) {
            // so its errors won't be met either, as far as they are only its own
        }
    }

    private static void learn(Map<String, Errno> texts, Errno errno, Failing call) {
        try {
            call.run();
        } catch (IOException e) {
            texts.putIfAbsent(e.getMessage(), errno);
        }
    }

    /** EINVAL without a socket: a character device can't be synchronized (fsync(2)). */
    private static void synchronizeDevice() throws IOException {
        FileChannel device;
        try {
            device = FileChannel.open(NULL_DEVICE, StandardOpenOption.WRITE);
        } catch (IOException noSuchDevice) {
            return;
        }
        try (device) {
            device.force(false);
        }
    }

    /** The reason why a file that is there can't be opened; null if it can. */
    private static String whyNoFileOpens() {
        try {
            Files.newByteChannel(NULL_DEVICE).close();
            return null;
        } catch (FileSystemException e) {
            return e.getReason();
        } catch (IOException e) {
            return null;
        }
    }

    private static InetSocketAddress address(int port, int a, int b, int c, int d) throws IOException {
        byte[] bytes = {(byte) a, (byte) b, (byte) c, (byte) d};
        return new InetSocketAddress(InetAddress.getByAddress(bytes), port);
    }

    private static InetSocketAddress behindNoInterface() throws IOException {
        byte[] bytes = new byte[16];
        bytes[0] = (byte) 0xfe;
        bytes[1] = (byte) 0x80;
        bytes[15] = 1;
        return new InetSocketAddress(Inet6Address.getByAddress(null, bytes, Integer.MAX_VALUE), 9);
    }
}
