// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.cli;

import dev.sluice.endive.wasi.io.ByteSink;
import dev.sluice.endive.wasi.io.InputPump;
import dev.sluice.endive.wasi.io.InputStreamResource;
import dev.sluice.endive.wasi.io.OutputStreamResource;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/**
 * What a command finds when it starts: arguments, environment variables, and the three standard streams.
 *
 * @param arguments the arguments
 * @param variables the environment variables
 * @param stdin the standard input, read ahead by one pump for all handles to it
 * @param stdout the standard output
 * @param stderr the standard error
 */
public record CommandEnvironment(
        List<String> arguments,
        Map<String, String> variables,
        InputPump stdin,
        OutputStream stdout,
        OutputStream stderr)
        implements AutoCloseable {

    InputStreamResource newStdin() {
        return new InputStreamResource(stdin);
    }

    OutputStreamResource newStdout() {
        return new OutputStreamResource(stdout);
    }

    OutputStreamResource newStderr() {
        return new OutputStreamResource(stderr);
    }

    ByteSink stdoutSink() {
        return ByteSink.of(stdout);
    }

    ByteSink stderrSink() {
        return ByteSink.of(stderr);
    }

    /** Flushes the output, whether or not the guest did, and stops reading the input ahead. From any thread. */
    @Override
    public void close() {
        stdin.close();
        flush(stdout);
        flush(stderr);
    }

    private static void flush(OutputStream stream) {
        try {
            stream.flush();
        } catch (IOException e) {
            // the guest has ended and can't be given the error
        }
    }
}
