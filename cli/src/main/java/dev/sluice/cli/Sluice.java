// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command itself, which only knows its subcommands. */
@Command(
        name = "sluice",
        description = "UDP datagrams through an explicit gate: send, receive, and see what this machine can do.",
        mixinStandardHelpOptions = true,
        versionProvider = Sluice.Version.class,
        scope = ScopeType.INHERIT,
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "'sluice COMMAND --help' tells more about a command."})
final class Sluice implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    private Sluice() {}

    public static void main(String[] args) {
        // The system knows in which order a name's addresses are best tried (RFC 6724); Java alone has IPv4 first.
        System.getProperties().putIfAbsent("java.net.preferIPv6Addresses", "system");
        // Netty warns, with stack traces, of machines without a network; here what matters is one line of our own.
        LogManager.getLogManager().reset();
        System.exit(execute(Stdio.ofProcess(), args));
    }

    /** Returns the exit status, which is never 0 if output was lost. */
    static int execute(Stdio io, String... args) {
        int status = commandLine(io).execute(args);
        if (status == 0 && io.out().failure() != null) { // swallowed by a guest, or by the writer of a help text
            io.complain(io.out().failure().getMessage());
            status = CommandLine.ExitCode.SOFTWARE;
        }
        return status == 0 && io.err().checkError() ? CommandLine.ExitCode.SOFTWARE : status;
    }

    static CommandLine commandLine(Stdio io) {
        ErrorReporter reporter = new ErrorReporter(io);
        return new CommandLine(new Sluice())
                .addSubcommand(new DemoCommand(io))
                .addSubcommand(new SendCommand(io))
                .addSubcommand(new ReceiveCommand(io))
                .addSubcommand(new MeasureCommand(io))
                .addSubcommand(new RunCommand(io))
                .addSubcommand(new ProvidersCommand(io))
                .addSubcommand(new CompletionCommand(io))
                .addSubcommand(new CommandLine.HelpCommand())
                .registerConverter(HostPort.class, HostPort::parse)
                .registerConverter(Seconds.class, Seconds::parse)
                .registerConverter(ByteSize.class, ByteSize::parse)
                .registerConverter(Framing.class, Framing::parse)
                .registerConverter(Permission.class, Permission::parse)
                .registerConverter(GroupOnInterface.class, GroupOnInterface::parse)
                .setOut(new PrintWriter(io.out(), true))
                .setErr(new PrintWriter(io.err(), true))
                .setUsageHelpWidth(io.columns())
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setParameterExceptionHandler(reporter)
                .setExecutionExceptionHandler(reporter);
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }

    /** From the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Sluice.class.getPackage().getImplementationVersion();
            return new String[] {"sluice " + (version == null ? "(not packaged)" : version)};
        }
    }
}
