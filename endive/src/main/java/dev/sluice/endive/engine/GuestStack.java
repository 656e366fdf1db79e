// Copyright 2026 The Sluice authors
// SPDX-License-Identifier: Apache-2.0
package dev.sluice.endive.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import run.endive.wasm.WasmModule;

/** Finds the guest's functions in a stack trace: the compiler makes a method {@code func_n} of function n. */
public final class GuestStack {
    private static final Pattern METHOD = Pattern.compile("func_(\\d{1,9})");
    private static final int MOST_FRAMES = 64;

    private GuestStack() {}

    /** The names of the functions, the innermost first; empty if the module has no names. */
    public static List<String> of(WasmModule module, Throwable thrown) {
        if (module.nameSection() == null) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        for (StackTraceElement frame : thrown.getStackTrace()) {
            Matcher method = METHOD.matcher(frame.getMethodName());
            if (method.matches() && names.size() < MOST_FRAMES) {
                String name = module.nameSection().nameOfFunction(Integer.parseInt(method.group(1)));
                names.add(name == null ? "function " + method.group(1) : name);
            }
        }
        return List.copyOf(names);
    }
}
