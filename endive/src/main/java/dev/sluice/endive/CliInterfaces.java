package dev.sluice.endive;

import java.util.List;
import java.util.Map;
import run.endive.wasi.WasiExitException;

/** {@code wasi:cli}, and {@code wasi:filesystem} as far as it says that there is none. */
final class CliInterfaces {
    private CliInterfaces() {}

    static void declare(Functions functions) {
        functions
                .in("wasi:cli/environment")
                .plain("get-environment", "return-pointer", CliInterfaces::getEnvironment)
                .plain("get-arguments", "return-pointer", CliInterfaces::getArguments)
                .plain("initial-cwd", "return-pointer", call -> none(call, 12, 4));
        functions
                .in("wasi:cli/exit")
                .plain("exit", "i32", CliInterfaces::exit)
                .plain("exit-with-code", "i32", CliInterfaces::exitWithCode);
        functions
                .in("wasi:cli/stdin")
                .plain(
                        "get-stdin",
                        "-> handle",
                        call -> add(call, call.guest.standard().stdin()));
        functions
                .in("wasi:cli/stdout")
                .plain(
                        "get-stdout",
                        "-> handle",
                        call -> add(call, call.guest.standard().stdout()));
        functions
                .in("wasi:cli/stderr")
                .plain(
                        "get-stderr",
                        "-> handle",
                        call -> add(call, call.guest.standard().stderr()));
        functions.in("wasi:cli/terminal-stdin").plain("get-terminal-stdin", "return-pointer", call -> none(call, 8, 4));
        functions
                .in("wasi:cli/terminal-stdout")
                .plain("get-terminal-stdout", "return-pointer", call -> none(call, 8, 4));
        functions
                .in("wasi:cli/terminal-stderr")
                .plain("get-terminal-stderr", "return-pointer", call -> none(call, 8, 4));
        functions
                .in("wasi:filesystem/preopens")
                .plain("get-directories", "return-pointer", call -> putList(call, call.returnPointer(), 0, 0));
        functions
                .in("wasi:filesystem/types")
                .plain("filesystem-error-code", "handle return-pointer", CliInterfaces::filesystemErrorCode);
    }

    private static long add(Call call, Resource stream) {
        return call.guest.handles().add(stream);
    }

    /** The terminals, and what else isn't there. */
    private static long none(Call call, int size, int alignment) {
        call.memory().check(call.returnPointer(), size, alignment);
        call.memory().putByte(call.returnPointer(), 0);
        return 0;
    }

    /** {@code option<error-code>}: none, for the errors of our streams are never a file system's. */
    private static long filesystemErrorCode(Call call) {
        call.self(ErrorResource.class);
        return none(call, 2, 1);
    }

    private static long putList(Call call, int result, int pointer, int length) {
        call.memory().check(result, 8, 4);
        call.memory().putList(result, pointer == 0 ? call.memory().allocate(4, 0) : pointer, length);
        return 0;
    }

    /** {@code list<string>}. */
    private static long getArguments(Call call) {
        call.memory().check(call.returnPointer(), 8, 4);
        List<String> arguments = call.guest.standard().arguments();
        int list = call.memory().allocate(4, 8 * arguments.size());
        for (int i = 0; i < arguments.size(); i++) {
            Strings.lower(call.memory(), arguments.get(i), list + 8 * i);
        }
        return putList(call, call.returnPointer(), list, arguments.size());
    }

    /** {@code list<tuple<string, string>>}. */
    private static long getEnvironment(Call call) {
        call.memory().check(call.returnPointer(), 8, 4);
        Map<String, String> environment = call.guest.standard().environment();
        int list = call.memory().allocate(4, 16 * environment.size());
        int at = list;
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            Strings.lower(call.memory(), variable.getKey(), at);
            Strings.lower(call.memory(), variable.getValue(), at + 8);
            at += 16;
        }
        return putList(call, call.returnPointer(), list, environment.size());
    }

    /** {@code result} without values: 0 is ok. */
    private static long exit(Call call) {
        int status = call.i32(0);
        if (status != 0 && status != 1) {
            throw AddressCodec.badCase(status);
        }
        throw new WasiExitException(status);
    }

    private static long exitWithCode(Call call) {
        throw new WasiExitException(call.i32(0) & 0xff);
    }
}
