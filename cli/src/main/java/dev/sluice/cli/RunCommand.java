// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.cli;

import dev.sluice.endive.GuestTrapException;
import dev.sluice.endive.Limits;
import dev.sluice.endive.WasiCommand;
import dev.sluice.endive.WasiHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a WebAssembly program. */
@Command(
        name = "run",
        description = "Runs a WebAssembly program for WASI 0.2 or 0.3, and lets it use what --allow says.",
        footerHeading = "%n",
        footer = {
            "The program is a component or a core module. It may use no network but what is"
                    + " allowed: to bind, to send to, to receive from an address; with TCP to connect"
                    + " to, to listen on, to accept from an address; to resolve a name."
                    + " What it is refused is told on standard error, with the option that would allow"
                    + " it. A PATTERN is * or HOST:PORT; HOST is an address, a prefix of addresses, a"
                    + " name or *; PORT is a port, a range or *. Port 0 to bind means any free one.",
            "",
            "Exit status: the program's own; 134 if it trapped or was stopped by a limit,"
                    + " 124 if its time is over, which is told in one line, with its functions below"
                    + " if the file names them; 1 if it can't be run, or if its output can't be"
                    + " written and it doesn't say so itself; 2 for wrong usage.",
            "",
            "Examples:",
            "  sluice run guest.wasm --allow bind='*' --allow send=10.0.0.0/8:8125",
            "  sluice run echo.wasm --allow bind='[::1]:7' --allow receive='*' \\",
            "      --allow send='*' -- one two"
        })
final class RunCommand implements Callable<Integer> {
    /** 128 + SIGABRT, as a shell reports a native program that aborts. */
    private static final int TRAPPED = 134;

    /** As of timeout(1). */
    private static final int TIMED_OUT = 124;

    /** Endive's memories have less than 2 GiB. */
    private static final int MOST_MEBIBYTES = 2048;

    /** Stacks are address space until they are used; a larger one is a mistake rather than a wish. */
    private static final int MOST_STACK_MEBIBYTES = 1024;

    /** Against accidents: the program runs with the rights of the user that started it. */
    private static final Limits LIMITS = Limits.standard()
            .withMemoryBytes(1L << 30)
            .withSockets(1024)
            .withHandles(1 << 16)
            .withModuleBytes(256 << 20);

    private final Stdio io;

    @Parameters(index = "0", paramLabel = "GUEST.wasm", description = "The program: a component or a core module.")
    private String guest;

    @Parameters(index = "1..*", paramLabel = "ARGS", description = "The program's arguments, best behind a --.")
    private List<String> arguments = List.of();

    @Option(
            names = "--allow",
            paramLabel = "RIGHT=PATTERN",
            description = "What it may do: bind=PATTERN, send=PATTERN, receive=PATTERN, with TCP connect=PATTERN,"
                    + " listen=PATTERN, accept=PATTERN, or resolve=NAME; as often as needed.")
    private List<Permission> permitted = List.of();

    @Option(
            names = "--env",
            paramLabel = "NAME=VALUE",
            description = "A variable of its environment, which is empty otherwise.")
    private Map<String, String> environment = new LinkedHashMap<>();

    @Option(
            names = "--time",
            paramLabel = "SECONDS",
            description = "How long reading it may take, and then how long it may run; without, there is no limit.")
    private Double seconds;

    @Option(names = "--memory", paramLabel = "MIB", description = "Its linear memory in MiB; without, 1024.")
    private Integer mebibytes;

    @Option(
            names = "--stack",
            paramLabel = "MIB",
            description = "The stack of its thread in MiB, for deep recursion; without, that of the JVM's main thread.")
    private Integer stackMebibytes;

    @Option(names = "--interpret", description = "Don't compile it: it starts at once, and runs slowly.")
    private boolean interpreted;

    @Mixin
    private ProviderOption provider;

    @Spec
    private CommandSpec spec;

    RunCommand(Stdio io) {
        this.io = io;
    }

    @Override
    public Integer call() throws Failure, IOException {
        Limits limits = limits();
        Path file = file();
        WasiCommand loaded = WasiCommand.load(file, limits);
        WasiCommand command = interpreted ? loaded.interpreted() : loaded;
        List<String> all = new ArrayList<>(List.of(file.getFileName().toString()));
        all.addAll(arguments);
        Permissions permissions = new Permissions(io, permitted);
        WasiHost host = WasiHost.builder(provider.choose())
                .network(permissions)
                .resolvableNames(permissions::mayResolve)
                .limits(limits)
                .arguments(all)
                .environment(environment)
                .stdin(io.in())
                .stdout(io.out())
                .stderr(io.err())
                .build();
        try {
            return command.run(host);
        } catch (GuestTrapException e) {
            boolean trapped = e.reason() == GuestTrapException.Reason.TRAP;
            io.complain("the guest " + (trapped ? "trapped: " : "was stopped: ") + e.getMessage());
            e.guestStack().forEach(function -> io.err().println("    at " + function));
            return e.reason() == GuestTrapException.Reason.TIME ? TIMED_OUT : TRAPPED;
        }
    }

    private Limits limits() {
        Limits limits = LIMITS;
        if (seconds != null) {
            require(seconds > 0, "Invalid value for option '--time': " + seconds + " is not above 0");
            limits = limits.withTime(Duration.ofNanos((long) (seconds * 1e9)));
        }
        if (mebibytes != null) {
            boolean possible = mebibytes >= 1 && mebibytes < MOST_MEBIBYTES;
            require(
                    possible,
                    "Invalid value for option '--memory': " + mebibytes + " is not from 1 to " + (MOST_MEBIBYTES - 1));
            limits = limits.withMemoryBytes((long) mebibytes << 20);
        }
        if (stackMebibytes != null) {
            boolean possible = stackMebibytes >= 1 && stackMebibytes <= MOST_STACK_MEBIBYTES;
            require(
                    possible,
                    "Invalid value for option '--stack': " + stackMebibytes + " is not from 1 to "
                            + MOST_STACK_MEBIBYTES);
            limits = limits.withStackBytes((long) stackMebibytes << 20);
        }
        return limits;
    }

    private void require(boolean holds, String problem) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), problem);
        }
    }

    private Path file() throws Failure {
        try {
            Path file = Path.of(guest);
            if (Files.isReadable(file) && !Files.isDirectory(file)) {
                return file;
            }
            throw new Failure("cannot read '" + guest + "': "
                    + (Files.isDirectory(file)
                            ? "it is a directory"
                            : Files.exists(file) ? "permission denied" : "there is no such file"));
        } catch (InvalidPathException e) {
            throw new Failure("cannot read '" + guest + "': " + e.getReason());
        }
    }
}
