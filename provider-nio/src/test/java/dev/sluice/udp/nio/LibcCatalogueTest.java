// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading the C library's translations (E9), of catalogues made here. */
class LibcCatalogueTest {
    private static final String ENGLISH = "No route to host";

    @TempDir
    private Path one;

    @TempDir
    private Path other;

    private Map<String, String> read(Map<String, String> environment) {
        return LibcCatalogue.read(environment::get, List.of(one.toString(), other.toString()));
    }

    /** A catalogue with a header and one text. */
    private static byte[] catalogue(ByteOrder order, Charset charset, String translation) {
        byte[] header = ("Content-Type: text/plain; charset=" + charset.name() + "\nMore: x\n").getBytes(charset);
        byte[] original = ENGLISH.getBytes(StandardCharsets.US_ASCII);
        byte[] translated = translation.getBytes(charset);
        int originals = 28; // behind the file's own header
        int translations = originals + 16;
        int texts = translations + 16;
        ByteBuffer file = ByteBuffer.allocate(texts + original.length + header.length + translated.length)
                .order(order);
        file.putInt(0x950412de)
                .putInt(0)
                .putInt(2)
                .putInt(originals)
                .putInt(translations)
                .putInt(0)
                .putInt(0);
        file.putInt(0).putInt(texts);
        file.putInt(original.length).putInt(texts);
        file.putInt(header.length).putInt(texts + original.length);
        file.putInt(translated.length).putInt(texts + original.length + header.length);
        return file.put(original).put(header).put(translated).array();
    }

    private static void put(Path folder, String locale, byte[] catalogue) throws IOException {
        Path messages = Files.createDirectories(folder.resolve(locale).resolve("LC_MESSAGES"));
        Files.write(messages.resolve("libc.mo"), catalogue);
    }

    private static void put(Path folder, String locale, String translation) throws IOException {
        put(folder, locale, catalogue(ByteOrder.nativeOrder(), StandardCharsets.UTF_8, translation));
    }

    @Test
    void E9_bothOrdersOfBytesAndAnyEncodingAreRead() throws Exception {
        String translation = "Keine Route zum Zielrechner \u00e4";
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1)) {
                put(one, "de", catalogue(order, charset, translation));
                assertEquals(translation, read(Map.of("LANG", "de")).get(ENGLISH));
            }
        }
    }

    @Test
    void E9_theVariablesOfTheLocaleHaveTheirOrder() throws Exception {
        put(one, "de", "deutsch");
        put(one, "fr", "fran\u00e7ais");
        put(one, "it", "italiano");
        put(one, "C", "C");
        assertEquals("deutsch", text("LC_ALL", "de", "LC_MESSAGES", "fr", "LANG", "it"));
        assertEquals("fran\u00e7ais", text("LC_ALL", "", "LC_MESSAGES", "fr", "LANG", "it"));
        assertEquals("italiano", text("LC_NUMERIC", "de", "LANG", "it"));
        assertEquals("C", text("LC_NUMERIC", "de"));
    }

    /** gettext(3), "ENVIRONMENT". */
    @Test
    void E9_aListOfLanguagesComesBeforeTheLocaleUnlessThatIsC() throws Exception {
        put(one, "de", "deutsch");
        put(one, "fr", "fran\u00e7ais");
        put(one, "C", "C");
        assertEquals("fran\u00e7ais", text("LANGUAGE", "en_US:fr_CA:de", "LANG", "de_DE.UTF-8"));
        assertEquals("deutsch", text("LANGUAGE", "de", "LC_ALL", "C.UTF-8"));
        assertEquals("deutsch", text("LANGUAGE", "", "LANG", "de"));
        assertEquals("C", text("LANGUAGE", "de", "LC_ALL", "C"));
        assertEquals("C", text("LANGUAGE", "de"));
        assertNull(text("LANGUAGE", "de", "LC_ALL", "POSIX"));
    }

    /** With variables and their values. */
    private String text(String... environment) {
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < environment.length; i += 2) {
            variables.put(environment[i], environment[i + 1]);
        }
        return read(variables).get(ENGLISH);
    }

    @Test
    void E9_aCountryComesBeforeItsLanguageAndAnEncodingCountsNot() throws Exception {
        put(other, "pt_BR", "do Brasil");
        put(one, "pt", "de Portugal");
        assertEquals("do Brasil", text("LANG", "pt_BR.UTF-8@latin"));
        assertEquals("de Portugal", text("LANG", "pt_AO@latin"));
    }

    @Test
    void E9_whatIsNoCatalogueIsPassedOver() throws Exception {
        put(one, "de", new byte[0]);
        put(other, "de", "deutsch");
        assertEquals("deutsch", text("LANG", "de"));
        byte[] noCatalogue = catalogue(ByteOrder.BIG_ENDIAN, StandardCharsets.UTF_8, "falsch");
        noCatalogue[0]++;
        put(other, "de", noCatalogue);
        assertEquals(Map.of(), read(Map.of("LANG", "de")));
        assertEquals(Map.of(), read(Map.of("LANG", "nl")));
    }
}
