// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.nio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The translations of glibc's texts into the language of the environment, out of its own catalogues: for those errors that
 * can't be provoked. The file's format is gettext's ("The Format of GNU MO Files" in its manual).
 */
final class LibcCatalogue {
    private static final List<String> FOLDERS = List.of("/usr/share/locale", "/usr/share/locale-langpack");
    private static final List<String> LOCALE_VARIABLES = List.of("LC_ALL", "LC_MESSAGES", "LANG"); // locale(7)
    private static final int MAGIC = 0x950412de;

    private LibcCatalogue() {}

    /** From the English texts to the local ones; empty if no catalogue can be read. */
    static Map<String, String> read() {
        return read(System::getenv, FOLDERS);
    }

    /** The same, with another environment and other folders. */
    static Map<String, String> read(UnaryOperator<String> environment, List<String> folders) {
        Map<String, String> texts = new HashMap<>();
        for (String name : names(environment)) {
            for (String folder : folders) {
                try {
                    Path file = Path.of(folder, name, "LC_MESSAGES", "libc.mo");
                    parse(Files.readAllBytes(file)).forEach(texts::putIfAbsent);
                } catch (IOException | RuntimeException unreadable) {
                    // not there, or not as expected: the next
                }
            }
        }
        return texts;
    }

    /** Without encoding and modifier; such as {@code pt_BR}, and behind it {@code pt}. */
    private static List<String> names(UnaryOperator<String> environment) {
        return Arrays.stream(languages(environment).split(":"))
                .map(language -> language.replaceFirst("[.@].*", ""))
                .flatMap(country -> Stream.of(country, country.replaceFirst("_.*", "")))
                .toList();
    }

    /** The locale of messages, or what LANGUAGE lists instead; but never instead of C (gettext(3), "ENVIRONMENT"). */
    private static String languages(UnaryOperator<String> environment) {
        String locale = "C";
        for (String variable : LOCALE_VARIABLES) {
            if (isSet(environment.apply(variable))) {
                locale = environment.apply(variable);
                break;
            }
        }
        String list = environment.apply("LANGUAGE");
        return isSet(list) && !locale.equals("C") && !locale.equals("POSIX") ? list : locale;
    }

    private static boolean isSet(String value) {
        return value != null && !value.isEmpty();
    }

    private static Map<String, String> parse(byte[] file) throws IOException {
        ByteBuffer catalogue = ByteBuffer.wrap(file);
        if (catalogue.getInt(0) != MAGIC
                && catalogue.order(ByteOrder.LITTLE_ENDIAN).getInt(0) != MAGIC) {
            throw new IOException("not a catalogue");
        }
        int count = catalogue.getInt(8);
        int originals = catalogue.getInt(12);
        int translations = catalogue.getInt(16);
        // The empty text, which is the first, is translated by a header.
        String header = text(catalogue, translations, StandardCharsets.ISO_8859_1);
        Charset charset = Charset.forName(header.replaceFirst("(?s).*charset=([\\w-]+).*", "$1"));
        Map<String, String> texts = new HashMap<>();
        for (int i = 0; i < count; i++) {
            texts.put(
                    text(catalogue, originals + i * Long.BYTES, StandardCharsets.US_ASCII),
                    text(catalogue, translations + i * Long.BYTES, charset));
        }
        return texts;
    }

    /** The text that a length and an offset lead to. */
    private static String text(ByteBuffer catalogue, int entry, Charset charset) {
        return new String(catalogue.array(), catalogue.getInt(entry + 4), catalogue.getInt(entry), charset);
    }
}
