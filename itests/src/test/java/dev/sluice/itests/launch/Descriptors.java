// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.itests.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The open descriptors of this process, as Linux lists them. */
public final class Descriptors {
    private Descriptors() {}

    /** The kinds of those that sockets, selectors, epoll and its helpers have, sorted. */
    public static List<String> open() throws IOException {
        List<String> kinds = new ArrayList<>();
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            for (Path descriptor : all.toList()) {
                String target = target(descriptor);
                if (target.startsWith("socket:") || target.startsWith("anon_inode:")) {
                    kinds.add(target.replaceAll(":\\[\\d+]", ""));
                }
            }
        }
        kinds.sort(null);
        return kinds;
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }
}
