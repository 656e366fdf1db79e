// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.engine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import run.endive.compiler.internal.Compiler;

/**
 * Compiled code in the files of a directory. A file is named after the content of the module and the version of the
 * compiler, and begins with a message authentication code (HMAC-SHA256) of its name and content, without which it is
 * ignored. Errors of the file system are ignored, too: the module is compiled then.
 */
public final class CodeStore {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int MAC_BYTES = 32;

    /** What the code depends on beside the module. The number changes when this package compiles in another way. */
    private static final String COMPILER = "1 " + Compiler.class.getPackage().getImplementationVersion() + ' '
            + Compiler.class.getModule().getDescriptor();

    private final Path directory;
    private final SecretKeySpec key;

    public CodeStore(Path directory, byte[] key) {
        this.directory = directory;
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** The classes of a module by name, the main class first; empty if there are none. */
    Map<String, byte[]> get(String module) {
        String name = fileName(module);
        try {
            byte[] file = Files.readAllBytes(directory.resolve(name));
            if (file.length < MAC_BYTES) {
                return Map.of();
            }
            byte[] content = Arrays.copyOfRange(file, MAC_BYTES, file.length);
            boolean authentic = MessageDigest.isEqual(mac(name, content), Arrays.copyOf(file, MAC_BYTES));
            return authentic ? classes(content) : Map.of();
        } catch (IOException e) { // mostly because there is no such file
            return Map.of();
        }
    }

    /** Stores the classes of a module. */
    void put(String module, Map<String, byte[]> classes) {
        String name = fileName(module);
        try {
            byte[] content = content(classes);
            Files.createDirectories(directory);
            Path part = Files.createTempFile(directory, name, ".part");
            try {
                Files.write(part, concat(mac(name, content), content));
                Files.move(part, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            // it is compiled again the next time
        }
    }

    private static String fileName(String module) {
        byte[] id = (module + ' ' + COMPILER).getBytes(StandardCharsets.UTF_8);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(id)) + ".code";
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e); // every Java platform has it
        }
    }

    private byte[] mac(String name, byte[] content) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(name.getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e); // every Java platform has it
        }
    }

    private static byte[] content(Map<String, byte[]> classes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(classes.size());
        for (Map.Entry<String, byte[]> entry : classes.entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeInt(entry.getValue().length);
            out.write(entry.getValue());
        }
        return bytes.toByteArray();
    }

    private static Map<String, byte[]> classes(byte[] content) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(content));
        Map<String, byte[]> classes = new LinkedHashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            String name = in.readUTF();
            classes.put(name, in.readNBytes(in.readInt()));
        }
        return classes;
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
