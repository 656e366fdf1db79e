// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.udp.epoll;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The versions of Netty's parts, as their jars say in {@code META-INF/io.netty.versions.properties}. Names no class of Netty. */
final class NettyVersions {
    private static final String FILE = "META-INF/io.netty.versions.properties";
    private static final String SUFFIX = ".version";

    private NettyVersions() {}

    /** For a message: the parts that are there, if they say so. */
    static String found() {
        Map<String, String> versions = read(NettyVersions.class.getClassLoader());
        return versions.isEmpty()
                ? ""
                : " (found: "
                        + versions.entrySet().stream()
                                .map(part -> part.getKey() + " " + part.getValue())
                                .collect(Collectors.joining(", "))
                        + ")";
    }

    /** By the name of the part; empty where it can't be read. */
    static Map<String, String> read(ClassLoader loader) {
        Map<String, String> versions = new TreeMap<>();
        try {
            for (URL url : Collections.list(loader.getResources(FILE))) {
                Properties properties = new Properties();
                try (InputStream in = url.openStream()) {
                    properties.load(in);
                }
                properties.stringPropertyNames().stream()
                        .filter(name -> name.endsWith(SUFFIX) && name.startsWith("netty-"))
                        .forEach(name -> versions.put(
                                name.substring(0, name.length() - SUFFIX.length()), properties.getProperty(name)));
            }
        } catch (IOException e) {
            // what could be read is enough for a message
        }
        return versions;
    }
}
