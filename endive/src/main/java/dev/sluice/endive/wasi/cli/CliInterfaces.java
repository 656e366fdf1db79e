// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.wasi.cli;

import dev.sluice.endive.abi.Call;
import dev.sluice.endive.abi.Functions;
import dev.sluice.endive.abi.Strings;
import dev.sluice.endive.abi.Trap;
import dev.sluice.endive.wasi.io.ErrorResource;
import java.util.List;
import java.util.Map;
import run.endive.wasi.WasiExitException;

/** {@code wasi:cli}, and the functions of {@code wasi:filesystem} that report that there are no directories. */
public final class CliInterfaces {
    private final CommandEnvironment environment;

    public CliInterfaces(CommandEnvironment environment) {
        this.environment = environment;
    }

    public void declare(Functions functions) {
        declareEnvironment(functions, "initial-cwd");
        declareExit(functions);
        declareTerminals(functions);
        declareDirectories(functions);
        functions.in("wasi:cli/stdin").plain("get-stdin", "-> handle", call -> call.add(environment.newStdin()));
        functions.in("wasi:cli/stdout").plain("get-stdout", "-> handle", call -> call.add(environment.newStdout()));
        functions.in("wasi:cli/stderr").plain("get-stderr", "-> handle", call -> call.add(environment.newStderr()));
        functions
                .in("wasi:filesystem/types")
                .plain("filesystem-error-code", "handle return-pointer", CliInterfaces::filesystemErrorCode);
    }

    void declareEnvironment(Functions functions, String workingDirectory) {
        functions
                .in("wasi:cli/environment")
                .plain("get-environment", "return-pointer", this::getEnvironment)
                .plain("get-arguments", "return-pointer", this::getArguments)
                .plain(workingDirectory, "return-pointer", call -> none(call, 12, 4));
    }

    static void declareExit(Functions functions) {
        functions
                .in("wasi:cli/exit")
                .plain("exit", "i32", CliInterfaces::exit)
                .plain("exit-with-code", "i32", CliInterfaces::exitWithCode);
    }

    static void declareTerminals(Functions functions) {
        for (String stream : List.of("stdin", "stdout", "stderr")) {
            functions
                    .in("wasi:cli/terminal-" + stream)
                    .plain("get-terminal-" + stream, "return-pointer", call -> none(call, 8, 4));
        }
    }

    static void declareDirectories(Functions functions) {
        functions
                .in("wasi:filesystem/preopens")
                .plain("get-directories", "return-pointer", CliInterfaces::noDirectories);
    }

    /** The case none of an option of that size: there is no terminal and no working directory. */
    private static long none(Call call, int size, int alignment) {
        call.memory().putByte(call.returnPointer(size, alignment), 0);
        return 0;
    }

    /** {@code option<error-code>}: always none, since no stream of this host is a file's. */
    private static long filesystemErrorCode(Call call) {
        call.self(ErrorResource.class);
        return none(call, 2, 1);
    }

    private static long noDirectories(Call call) {
        int result = call.returnPointer(8, 4);
        call.memory().putList(result, call.memory().allocate(4, 0), 0);
        return 0;
    }

    /** {@code list<string>}. */
    private long getArguments(Call call) {
        int result = call.returnPointer(8, 4);
        List<String> arguments = environment.arguments();
        int list = call.memory().allocate(4, 8 * arguments.size());
        for (int i = 0; i < arguments.size(); i++) {
            Strings.lower(call.memory(), arguments.get(i), list + 8 * i);
        }
        call.memory().putList(result, list, arguments.size());
        return 0;
    }

    /** {@code list<tuple<string, string>>}. */
    private long getEnvironment(Call call) {
        int result = call.returnPointer(8, 4);
        Map<String, String> variables = environment.variables();
        int list = call.memory().allocate(4, 16 * variables.size());
        int at = list;
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            Strings.lower(call.memory(), variable.getKey(), at);
            Strings.lower(call.memory(), variable.getValue(), at + 8);
            at += 16;
        }
        call.memory().putList(result, list, variables.size());
        return 0;
    }

    /** A {@code result} without values, whose case 0 is ok. */
    private static long exit(Call call) {
        int status = call.i32(0);
        if (status != 0 && status != 1) {
            throw Trap.badCase(status);
        }
        throw new WasiExitException(status);
    }

    private static long exitWithCode(Call call) {
        throw new WasiExitException(call.i32(0) & 0xff);
    }
}
