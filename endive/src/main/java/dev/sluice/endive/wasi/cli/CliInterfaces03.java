// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.cli;

import dev.sluice.endive.abi.Call;
import dev.sluice.endive.abi.Functions;
import dev.sluice.endive.async.Element;
import dev.sluice.endive.async.EventLoop;
import dev.sluice.endive.async.StreamBuiltins;
import dev.sluice.endive.wasi.io.ByteSink;
import dev.sluice.endive.wasi.io.ByteStreams;
import dev.sluice.endive.wasi.io.SinkReader;
import dev.sluice.endive.wasi.io.SourceWriter;
import dev.sluice.endive.wasi.io.StreamException;
import java.io.IOException;

/** {@code wasi:cli} of 0.3, and {@code wasi:filesystem/preopens}. */
public final class CliInterfaces03 {
    private static final Element RESULT = new Element("result<_, error-code>", 2, 1, false);
    private static final int IO = 0;
    private static final int PIPE = 2;

    private final CommandEnvironment environment;
    private final CliInterfaces shared;
    private final ByteStreams streams;

    public CliInterfaces03(CommandEnvironment environment, EventLoop loop) {
        this.environment = environment;
        this.shared = new CliInterfaces(environment);
        this.streams = new ByteStreams(loop, RESULT, CliInterfaces03::lowerOutcome);
    }

    public void declare(Functions functions, StreamBuiltins builtins) {
        shared.declareEnvironment(functions, "get-initial-cwd");
        CliInterfaces.declareExit(functions);
        CliInterfaces.declareTerminals(functions);
        CliInterfaces.declareDirectories(functions);
        functions.in("wasi:cli/stdin").plain("read-via-stream", "return-pointer", this::read);
        builtins.declare("wasi:cli/stdin", "read-via-stream", Element.U8, RESULT);
        declareOutput(functions, builtins, "wasi:cli/stdout", environment.stdoutSink());
        declareOutput(functions, builtins, "wasi:cli/stderr", environment.stderrSink());
    }

    private void declareOutput(Functions functions, StreamBuiltins builtins, String name, ByteSink sink) {
        functions
                .in(name)
                .plain(
                        "write-via-stream",
                        "handle -> handle",
                        call -> streams.write(call, call.i32(0), new SinkReader(sink)));
        builtins.declare(name, "write-via-stream", Element.U8, RESULT);
    }

    private long read(Call call) {
        streams.read(call, new SourceWriter(environment.stdin()));
        return 0;
    }

    private static void lowerOutcome(IOException failure, Call call, int address) {
        call.memory().putByte(address, failure == null ? 0 : 1);
        if (failure != null) {
            call.memory().putByte(address + 1, StreamException.isClosedPipe(failure) ? PIPE : IO);
        }
    }
}
