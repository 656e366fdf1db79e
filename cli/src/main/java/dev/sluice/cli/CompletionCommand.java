// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the script that completes commands and options in a shell. */
@Command(
        name = "completion",
        description = "Prints a script that completes commands, options and providers in bash and zsh.",
        footerHeading = "%n",
        footer = {"To use it in this shell:", "  source <(./sluice completion)"})
final class CompletionCommand implements Callable<Integer> {
    private final Stdio io;

    @Spec
    private CommandSpec spec;

    CompletionCommand(Stdio io) {
        this.io = io;
    }

    @Override
    public Integer call() throws IOException {
        io.out().print(AutoComplete.bash(spec.root().name(), spec.root().commandLine()));
        return 0;
    }
}
