// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The C programs: one here, and one at the far end of the link, if there is a link. */
record References(Path program, Reference near, Reference far) implements AutoCloseable {

    /** With the network namespace at the far end, or null. */
    static References start(Path program, String farNamespace) throws IOException {
        Reference near = new Reference(List.of(program.toString()));
        Reference far = farNamespace == null
                ? null
                : new Reference(List.of("ip", "netns", "exec", farNamespace, program.toString()));
        return new References(program, near, far);
    }

    @Override
    public void close() throws IOException {
        near.close();
        if (far != null) {
            far.close();
        }
    }
}
