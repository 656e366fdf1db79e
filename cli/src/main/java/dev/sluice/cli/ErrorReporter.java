// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.udp.ProviderNotFoundException;
import dev.sluice.udp.SocketErrorException;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Reports every failure as one line on standard error and an exit status; never a stack trace. */
final class ErrorReporter implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private final Stdio io;

    ErrorReporter(Stdio io) {
        this.io = io;
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        // An option that is mistyped is unknown; that another is missing may be the consequence.
        List<String> unmatched = command.getUnmatchedArguments();
        String problem = unmatched.isEmpty()
                ? e.getMessage().lines().findFirst().orElse("wrong usage")
                : unknown(unmatched.get(0), command.getCommandSpec());
        io.complain(problem + " (see '" + command.getCommandSpec().qualifiedName() + " --help')");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static String unknown(String argument, CommandSpec spec) {
        String word = argument.replaceFirst("=.*", "");
        boolean isOption = word.startsWith("-");
        Set<String> possible =
                isOption ? spec.optionsMap().keySet() : spec.subcommands().keySet();
        String kind =
                isOption ? "unknown option '" : possible.isEmpty() ? "unexpected argument '" : "unknown command '";
        return kind + word + "'"
                + Suggestions.nearest(word, possible)
                        .map(meant -> "; did you mean '" + meant + "'?")
                        .orElse("");
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        io.complain(line(e));
        return command.getCommandSpec().exitCodeOnExecutionException();
    }

    private static String line(Exception e) {
        if (e instanceof SocketErrorException error) {
            return error.errorCode().witName() + ": " + error.getMessage();
        }
        boolean hasMessage = e instanceof Failure || e instanceof IOException || e instanceof ProviderNotFoundException;
        String line = hasMessage && e.getMessage() != null ? e.getMessage() : "unexpected error: " + e;
        return line.replace('\n', ' ');
    }
}
